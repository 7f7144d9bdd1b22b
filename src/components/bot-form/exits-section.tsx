"use client";

import { describedBy, FieldFrame } from "./field-frame";
import { NumberField } from "./fields";
import { FoldedPanel } from "./folded-panel";
import { fieldId, useBotForm, useSetting } from "./form-context";
import { RowFields } from "./row-fields";
import { textAt } from "./draft";

const TRAILING = {
  none: "None",
  percent: "By a distance from the best price",
  atr: "By average ranges (ATR14)",
  supertrend: "On Supertrend(10,3)",
} as const;

const newTrailing = (by: string): unknown => {
  if (by === "percent") return { by, distanceFraction: 0.02, fromFraction: 0 };
  if (by === "atr") return { by, multiple: 3, fromFraction: 0 };
  return by === "supertrend" ? { by, fromFraction: 0 } : null;
};

const TrailingFields = () => {
  const { value, set } = useSetting("exits.trailing");
  const by = textAt(value, "by") ?? "none";
  const id = fieldId("exits.trailing");
  return (
    <div className="grid gap-x-6 gap-y-2 sm:grid-cols-2 2xl:grid-cols-3">
      <FieldFrame id={id} label="Trailing stop">
        <select
          id={id}
          className="field max-w-72"
          value={by}
          aria-describedby={describedBy(id)}
          onChange={({ target }) => set(newTrailing(target.value))}
        >
          {Object.entries(TRAILING).map(([each, name]) => (
            <option key={each} value={each}>
              {name}
            </option>
          ))}
        </select>
      </FieldFrame>
      {by === "percent" && <NumberField path="exits.trailing.distanceFraction" label="Distance" unit="%" />}
      {by === "atr" && <NumberField path="exits.trailing.multiple" label="Average ranges" suffix="times" />}
      {by !== "none" && (
        <NumberField
          path="exits.trailing.fromFraction"
          label="From a gain of"
          unit="%"
          words={["Exits", "Trailing stop"]}
        />
      )}
    </div>
  );
};

const BreakEvenFields = () => {
  const { value, set } = useSetting("exits.breakEven");
  const isOn = value !== undefined && value !== null;
  const id = fieldId("exits.breakEven");
  return (
    <div className="grid gap-2">
      <label htmlFor={id} className="flex min-h-8 items-center gap-2 text-sm font-semibold">
        <input
          id={id}
          type="checkbox"
          className="size-4 accent-accent"
          checked={isOn}
          onChange={({ target }) => set(target.checked ? { fromFraction: 0.02, lockFraction: 0.002 } : null)}
        />
        Moves the stop to the entry after a gain
      </label>
      {isOn && (
        <div className="grid gap-x-6 gap-y-2 sm:grid-cols-2">
          <NumberField
            path="exits.breakEven.fromFraction"
            label="After a gain of"
            unit="%"
            words={["Exits", "Break-even"]}
          />
          <NumberField path="exits.breakEven.lockFraction" label="To the entry plus" unit="%" />
        </div>
      )}
    </div>
  );
};

const TARGETS = [
  { name: "atFraction", label: "at a gain of", unit: "%" },
  { name: "share", label: "share of the position", unit: "%" },
] as const;
const LEGS = [
  { name: "againstFraction", label: "after a move against it of", unit: "%" },
  { name: "share", label: "share of the position", unit: "%" },
] as const;
const STEP = 0.01;
const SHARE = 0.2;

const lastOf = (rows: readonly Readonly<Record<string, unknown>>[], name: string): number => {
  const last = rows.at(-1)?.[name];
  return typeof last === "number" ? last : 0;
};
const after = (last: number): number => Math.round((last + STEP) * 10_000) / 10_000;

const summaryOf = (lines: number, none: string): string => (lines === 0 ? none : `${lines} set`);

/** How positions leave beside stop and target. */
export const ExitsSection = () => {
  const { reading } = useBotForm();
  const lines = reading?.sections.find(({ title }) => title === "Exits")?.lines.length ?? 0;
  return (
    <FoldedPanel title="Further exits" summary={summaryOf(lines, "beside stop and target: none")} paths={["exits"]}>
      <BreakEvenFields />
      <TrailingFields />
      <NumberField path="exits.timeExitMinutes" label="Longest time" suffix="minutes" words={["Exits", "Time exit"]} />
      <div>
        <h3 className="mb-2 text-sm font-semibold">Parts that leave at gains of their own</h3>
        <RowFields
          path="exits.targets"
          what="part"
          rowsMax={5}
          columns={TARGETS}
          next={(rows) => ({ atFraction: after(lastOf(rows, "atFraction")), share: SHARE })}
        />
      </div>
    </FoldedPanel>
  );
};

/** Entering in legs, and adding to what wins. */
export const LegsSection = () => {
  const { reading } = useBotForm();
  const lines = reading?.sections.find(({ title }) => title === "Entry")?.lines ?? [];
  return (
    <FoldedPanel title="Entry in legs" summary={lines[0]?.text ?? "enters each position at once"} paths={["dca"]}>
      <p className="text-sm text-muted">
        The rest of a position is entered when the price has moved against the first part. All legs count in every limit
        from the start, and each must come before the stop.
      </p>
      <RowFields
        path="dca.legs"
        what="leg"
        rowsMax={5}
        columns={LEGS}
        next={(rows) => ({ againstFraction: after(lastOf(rows, "againstFraction")), share: SHARE })}
      />
    </FoldedPanel>
  );
};
