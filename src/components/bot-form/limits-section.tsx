"use client";

import type { LimitField } from "~/contracts/new-bot";
import { valueAt } from "./draft";
import { NumberField } from "./fields";
import { FoldedPanel } from "./folded-panel";
import { useBotForm } from "./form-context";

const SECTION_TITLES: Readonly<Record<LimitField["section"], string>> = {
  Size: "Limits of size",
  Losses: "Limits of losses",
  Entries: "Limits of entries",
};

const suffixOf = ({ name }: LimitField): string => {
  if (name.endsWith("Minutes")) return "minutes";
  if (name.endsWith("Hours")) return "hours";
  if (name.endsWith("Days")) return "days";
  if (name === "orderValueMin") return "USDT";
  return name.endsWith("LeverageMax") ? "x" : "";
};

const LimitInput = ({ limit }: { readonly limit: LimitField }) => {
  const { name, label, section, isShare } = limit;
  return (
    <NumberField
      path={`risk.${name}`}
      label={label}
      words={[section, label]}
      unit={isShare ? "%" : "plain"}
      suffix={isShare ? "%" : suffixOf(limit)}
    />
  );
};

/** What the gate refuses, whatever the mode wants. */
export const LimitsSections = () => {
  const { choices, draft } = useBotForm();
  const isChanged = ({ name, standard }: LimitField): boolean => {
    const value = valueAt(draft.settings, `risk.${name}`);
    return value !== undefined && value !== standard;
  };
  return (["Size", "Losses", "Entries"] as const).map((section) => {
    const limits = choices.limits.filter((limit) => limit.section === section);
    const changed = limits.filter(isChanged).length;
    return (
      <FoldedPanel
        key={section}
        title={SECTION_TITLES[section]}
        summary={changed === 0 ? "as recommended" : `${changed} of ${limits.length} changed`}
        paths={limits.map(({ name }) => `risk.${name}`)}
      >
        <div className="grid gap-x-6 gap-y-2 sm:grid-cols-2 2xl:grid-cols-3">
          {limits.map((limit) => (
            <LimitInput key={limit.name} limit={limit} />
          ))}
        </div>
      </FoldedPanel>
    );
  });
};
