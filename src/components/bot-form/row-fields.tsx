"use client";

import { useState } from "react";
import { fieldId, useBotForm, useSetting } from "./form-context";
import { describeIssue, toText, toValue, type Unit } from "./number-text";

type Column = { readonly name: string; readonly label: string; readonly unit: Unit };
type RowFieldsProps = {
  readonly path: string;
  /** What one row is, such as "leg". */
  readonly what: string;
  readonly columns: readonly Column[];
  readonly rowsMax: number;
  /** The next row after these. */
  readonly next: (rows: readonly Readonly<Record<string, unknown>>[]) => Readonly<Record<string, number>>;
};

const isRows = (value: unknown): value is readonly Readonly<Record<string, unknown>>[] => Array.isArray(value);

type CellProps = {
  readonly path: string;
  readonly unit: Unit;
  readonly name: string;
  readonly label: string;
  readonly value: unknown;
  readonly onChange: (value: number | string | undefined) => void;
};

const NumberCell = ({ path, unit, name, label, value, onChange }: CellProps) => {
  const { issues } = useBotForm();
  const [typed, setTyped] = useState(() => toText(value, unit));
  const issue = issues.find((each) => each.path === path);
  const id = fieldId(path);
  return (
    <div className="grid content-start gap-1">
      <span className="flex items-center gap-2 text-sm">
        <span className="text-muted">{label}</span>
        <input
          id={id}
          className="field figure max-w-28"
          inputMode="decimal"
          autoComplete="off"
          aria-label={name}
          value={toValue(typed, unit) === value ? typed : toText(value, unit)}
          aria-invalid={issue !== undefined}
          aria-describedby={`${id}-error`}
          onChange={(event) => {
            setTyped(event.target.value);
            onChange(toValue(event.target.value, unit));
          }}
        />
        <span className="text-sm text-muted">{unit === "plain" ? "" : unit}</span>
      </span>
      <p id={`${id}-error`} className="text-sm text-loss empty:hidden">
        {issue && describeIssue(issue, unit)}
      </p>
    </div>
  );
};

/** A few rows of numbers, such as the legs of an entry. */
export const RowFields = ({ path, what, columns, rowsMax, next }: RowFieldsProps) => {
  const { issues } = useBotForm();
  const { value, standard, set } = useSetting(path);
  const given = value ?? standard;
  const rows = isRows(given) ? given : [];
  const fault = issues.find((issue) => issue.path === path);
  return (
    <div className="grid gap-2">
      {rows.map((row, index) => (
        // Rows have no name but their place.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={`${index}:${rows.length}`} className="flex flex-wrap items-start gap-x-4 gap-y-1">
          <span className="min-w-16 py-2 text-sm text-muted">
            {what} {index + 1}
          </span>
          {columns.map((column) => (
            <NumberCell
              key={column.name}
              path={`${path}.${index}.${column.name}`}
              unit={column.unit}
              label={column.label}
              name={`${what} ${index + 1}: ${column.label}`}
              value={row[column.name]}
              onChange={(changed) =>
                set(rows.map((each, at) => (at === index ? { ...each, [column.name]: changed } : each)))
              }
            />
          ))}
          <button
            type="button"
            className="button"
            aria-label={`Remove ${what} ${index + 1}`}
            onClick={() => set(rows.filter((_, at) => at !== index))}
          >
            Remove
          </button>
        </div>
      ))}
      <p className="text-sm text-loss empty:hidden">{fault && describeIssue(fault, "plain")}</p>
      <button
        type="button"
        id={fieldId(path)}
        className="button justify-self-start"
        disabled={rows.length >= rowsMax}
        onClick={() => set([...rows, next(rows)])}
      >
        Add a {what}
      </button>
    </div>
  );
};
