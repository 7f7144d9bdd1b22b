type WaitingRowsProps = {
  readonly count: number;
  /** What waits: "trades". */
  readonly name: string;
  readonly onShow: () => void;
};

/** Says how many newer rows wait, and lets them in. It always has its place, so that its coming moves nothing. */
export const WaitingRows = ({ count, name, onShow }: WaitingRowsProps) => (
  <button
    type="button"
    // Whoever pressed it keeps the focus when nothing waits any more.
    tabIndex={count === 0 ? -1 : 0}
    aria-disabled={count === 0}
    aria-label={count === 0 ? `No newer ${name}` : `${count} new: show newer ${name}`}
    onClick={onShow}
    className={`figure h-6 min-w-16 rounded-sm border border-accent px-2 text-xs font-semibold text-accent hover:bg-raised ${count === 0 ? "pointer-events-none opacity-0 focus-visible:opacity-100" : ""}`}
  >
    {count} new
  </button>
);
