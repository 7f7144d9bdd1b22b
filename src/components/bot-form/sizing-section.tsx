"use client";

import { Panel } from "~/components/ui/panel";
import { describedBy, FieldFrame } from "./field-frame";
import { NumberField } from "./fields";
import { fieldId, useBotForm, useSetting, useWords } from "./form-context";
import { RowFields } from "./row-fields";
import { textAt } from "./draft";

const METHODS = {
  mode: "As the mode asks",
  "fixed-share": "The same share of equity",
  "score-scaled": "A share of equity by the score",
  tiers: "A share for each range of scores",
  "risk-per-trade": "By what the stop may cost",
  "volatility-target": "By how much the market moves",
  kelly: "By its own results (Kelly)",
} as const;
const MARGIN = ["Size", "Sizing"] as const;

const MethodFields = ({ method }: { readonly method: string }) => {
  switch (method) {
    case "fixed-share":
    case "score-scaled":
      return <NumberField path="sizing.share" label="Share of equity as margin" unit="%" words={MARGIN} />;
    case "risk-per-trade":
      return (
        <>
          <NumberField path="sizing.riskShare" label="What the stop may cost" unit="%" words={MARGIN} />
          <NumberField path="sizing.rangesMin" label="Nearest stop that counts" suffix="average ranges" />
        </>
      );
    case "volatility-target":
      return <NumberField path="sizing.yearlyVolatility" label="Moves equity in a year by" unit="%" words={MARGIN} />;
    case "kelly":
      return (
        <>
          <NumberField path="sizing.kellyPart" label="Part of the Kelly share" unit="%" words={MARGIN} />
          <NumberField path="sizing.baseShare" label="Share before it has 20 trades" unit="%" />
        </>
      );
    default:
      return null;
  }
};

/** How the size of an entry is found. */
export const SizingSection = () => {
  const { set, reading } = useBotForm();
  const { value } = useSetting("sizing");
  const words = useWords(...MARGIN);
  const method = textAt(value, "method") ?? textAt(reading?.settings, "sizing.method") ?? "mode";
  const id = fieldId("sizing.method");
  return (
    <Panel title="Size of an entry" note="The limits below cut it; nothing makes it larger.">
      <div className="grid gap-x-6 gap-y-2 sm:grid-cols-2">
        <FieldFrame id={id} label="Method" words={words}>
          <select
            id={id}
            className="field max-w-72"
            value={method}
            aria-describedby={describedBy(id)}
            onChange={({ target }) => set("sizing", { method: target.value })}
          >
            {Object.entries(METHODS).map(([each, name]) => (
              <option key={each} value={each}>
                {name}
              </option>
            ))}
          </select>
        </FieldFrame>
        <MethodFields method={method} />
      </div>
      {method === "tiers" && (
        <RowFields
          path="sizing.tiers"
          what="tier"
          rowsMax={10}
          columns={[
            { name: "scoreMin", label: "from a score of", unit: "plain" },
            { name: "share", label: "share of equity", unit: "%" },
          ]}
          next={() => ({ scoreMin: 0.5, share: 0.05 })}
        />
      )}
    </Panel>
  );
};
