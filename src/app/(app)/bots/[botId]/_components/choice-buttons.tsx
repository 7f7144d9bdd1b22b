type ChoiceButtonsProps<Value extends string> = {
  readonly legend: string;
  readonly values: readonly Value[];
  readonly chosen: Value | undefined;
  readonly onChoose: (value: Value) => void;
};

/** A few values side by side, one of them chosen. */
export const ChoiceButtons = <Value extends string>({
  legend,
  values,
  chosen,
  onChoose,
}: ChoiceButtonsProps<Value>) => (
  <fieldset className="flex flex-wrap gap-1">
    <legend className="sr-only">{legend}</legend>
    {values.map((value) => (
      <button
        key={value}
        type="button"
        aria-pressed={value === chosen}
        onClick={() => onChoose(value)}
        className={`h-7 min-w-9 rounded-sm border px-2 text-xs font-semibold ${value === chosen ? "border-accent text-accent" : "border-line text-muted hover:border-line-strong hover:text-ink"}`}
      >
        {value}
      </button>
    ))}
  </fieldset>
);
