import type { Palette } from "~/components/charts/palette";
import type { CandleChart } from "~/contracts/chart-view";

const SOLID = 0;
const DASHED = 2;

/** The lines of the open position's levels; none where nothing is held. */
export const chartLevels = (
  { position }: Pick<CandleChart, "position">,
  { ink, loss, gain }: Pick<Palette, "ink" | "loss" | "gain">,
) =>
  position
    ? [
        { title: "entry", price: position.entryPrice, color: ink, lineStyle: SOLID },
        ...position.legs.map((price) => ({ title: "entry leg", price, color: ink, lineStyle: DASHED })),
        { title: position.stopName, price: position.stopLoss, color: loss, lineStyle: DASHED },
        ...position.targets.map((price) => ({ title: "part target", price, color: gain, lineStyle: DASHED })),
        { title: "target", price: position.takeProfit, color: gain, lineStyle: DASHED },
      ].flatMap(({ price, ...level }) => (price === null ? [] : [{ ...level, price: Number(price) }]))
    : [];
