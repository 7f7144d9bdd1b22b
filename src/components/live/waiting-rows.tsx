type WaitingRowsProps = {
  readonly count: number;
  /** What waits: "trades". */
  readonly name: string;
  readonly onShow: () => void;
};

/** Says how many newer rows wait, and lets them in. Its place is reserved, so that it moves nothing when it appears. */
export const WaitingRows = ({ count, name, onShow }: WaitingRowsProps) => (
  <button
    type="button"
    // A reader who pressed it keeps the focus when no row is left to wait.
    tabIndex={count === 0 ? -1 : 0}
    aria-disabled={count === 0}
    aria-label={count === 0 ? `No newer ${name}` : `${count} new: show newer ${name}`}
    onClick={onShow}
    className={`figure h-6 min-w-16 rounded-sm border border-accent px-2 text-xs font-semibold text-accent hover:bg-raised ${count === 0 ? "pointer-events-none opacity-0 focus-visible:opacity-100" : ""}`}
  >
    {count} new
  </button>
);
