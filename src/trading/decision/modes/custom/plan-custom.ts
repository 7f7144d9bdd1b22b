import type { PositionSide } from "../../../portfolio/position-side";
import type { EntryPlan } from "../../basis/entry-plan";
import { SIDES } from "./custom-reads";
import type { CustomSettings, Setup } from "./custom-settings";

type Range = { readonly least: number; readonly most: number };

/** The scores that a setup can have at all. */
const scoresOf = (setup: Setup): Range => {
  if (setup.kind === "weighted") return { least: 0, most: 1 };
  const { score } = setup;
  if (typeof score === "number") return { least: score, most: score };
  if ("value" in score) return { least: 0, most: 1 };
  const all = [...score.tiers.map((tier) => tier.score), score.otherwise];
  return { least: Math.min(...all), most: Math.max(...all) };
};

const distanceOf = ({ from, fraction }: Setup["stop"]): number | "market" => (from === null ? fraction : "market");

/** A setup's entry; none where it cannot score as much as it has to. */
const planSetup = (setup: Setup, side: PositionSide): EntryPlan[] => {
  const { least, most } = scoresOf(setup);
  if (most < setup.scoreMin) return [];
  const askedAt = (score: number) => ({
    score,
    sizeFraction: setup.sizes.find(({ scoreMin }) => score >= scoreMin)?.sizeFraction ?? 0,
  });
  return [
    {
      name: setup.name,
      sides: [side],
      least: askedAt(Math.max(least, setup.scoreMin)),
      most: askedAt(most),
      leverage: setup.leverage,
      stop: distanceOf(setup.stop),
      target: distanceOf(setup.target),
    },
  ];
};

/** An entry by each setup of the trader's own. */
export const planCustom = (settings: CustomSettings): readonly EntryPlan[] =>
  SIDES.flatMap((side) => settings[side].setups.flatMap((setup) => planSetup(setup, side)));
