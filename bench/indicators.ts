/**
 * What Trinity's readings cost, by indicator and in all: one window by itself, and one of a series that is read at once.
 * Medians of repeated runs in one process; the first run of the whole, which finds everything cold, is told too.
 * npm run -s bench:indicators [-- --json]
 */
import { parseArgs } from "node:util";
import { measureIndicators } from "./indicators/measure-indicators";

const { values } = parseArgs({ options: { json: { type: "boolean", default: false } } });
const measured = measureIndicators();
const { coldNs, figures } = measured;
if (values.json) {
  console.log(JSON.stringify(measured, null, 2));
} else {
  const cell = (value: number): string => (Number.isNaN(value) ? "" : value.toFixed(0)).padStart(12);
  console.log("by window             alone ns   series ns    ratio  5m candles/s");
  for (const { name, singleNs, seriesNs, ratio, finestCandlesPerSecond } of figures) {
    const times = Number.isNaN(ratio) ? "".padStart(9) : ratio.toFixed(1).padStart(9);
    console.log(
      `${name.padEnd(18)}${cell(singleNs)}${cell(seriesNs)}${times}${cell(finestCandlesPerSecond).padStart(14)}`,
    );
  }
  console.log(`\nthe first series, cold: ${coldNs.toFixed(0)} ns an analysis`);
}
