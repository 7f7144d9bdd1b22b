/** Before a summary's words: whether what is below is folded. The `details` around it has the class "group". */
export const FoldMark = () => (
  <>
    <span aria-hidden="true" className="w-3 shrink-0 text-muted group-open:hidden">
      ▸
    </span>
    <span aria-hidden="true" className="hidden w-3 shrink-0 text-muted group-open:inline">
      ▾
    </span>
  </>
);
