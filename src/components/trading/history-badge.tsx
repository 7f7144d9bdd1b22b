/** Marks what happened before the demo opened. */
export const HistoryBadge = () => (
  <span
    title="Simulated before the demo opened"
    className="inline-flex rounded-sm border border-line-strong px-1 text-xs whitespace-nowrap text-muted"
  >
    history
  </span>
);
