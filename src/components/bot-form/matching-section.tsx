"use client";

import { ChoiceField, NumberField } from "./fields";
import { FoldedPanel } from "./folded-panel";
import { useBotForm } from "./form-context";
import { SettingLines } from "~/components/trading/setting-lines";

const TRIGGERS = [
  { value: "last", name: "Highs and lows of the last price" },
  { value: "mark", name: "Opens and closes only" },
];

/** What is assumed of fills; a bot of the first version has nothing to set. */
export const MatchingSection = () => {
  const { reading } = useBotForm();
  const lines = reading?.sections.find(({ title }) => title === "Matching")?.lines ?? [];
  const matching = reading?.settings["matching"] as { readonly version?: number } | undefined;
  return (
    <FoldedPanel title="Assumptions of fills" summary="what paper orders cost" paths={["matching"]}>
      <SettingLines lines={lines} />
      {matching?.version === 2 && (
        <div className="grid gap-x-6 gap-y-2 sm:grid-cols-2 2xl:grid-cols-3">
          <NumberField path="matching.halfSpreadRate" label="Half of the spread" unit="%" />
          <NumberField path="matching.impactRate" label="Impact of a whole candle" unit="%" />
          <NumberField path="matching.calmRange" label="Range of a calm candle" unit="%" />
          <NumberField path="matching.volumeShareMax" label="Most of a candle's volume" unit="%" />
          <NumberField path="matching.fundingRatePer8h" label="Funding per 8 h where unknown" unit="%" />
          <ChoiceField path="matching.triggerBy" label="What triggers stops" choices={TRIGGERS} />
        </div>
      )}
    </FoldedPanel>
  );
};
