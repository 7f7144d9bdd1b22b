import type { ScaleReport } from "./scale-report";

const NAME_WIDTH = 26;
const STATEMENT_WIDTH = 110;

const line = (name: string, ...parts: readonly unknown[]): string => name.padEnd(NAME_WIDTH) + parts.join("");

type Lags = ScaleReport["lagMs"];
const lagLine = (name: string, count: number, { p50, p95, p99 }: Lags): string =>
  line(name, `${count}; p50 ${p50 ?? "-"}, p95 ${p95 ?? "-"}, p99 ${p99 ?? "-"} ms after the close`);

const processLines = ({ memoryByProcess, cpuSecondsByProcess }: ScaleReport): string[] => [
  "\nprocess                   CPU s    PSS MB    RSS MB",
  ...Object.entries(memoryByProcess).map(([name, { pssMb, rssMb }]) => {
    const cells = [cpuSecondsByProcess[name] ?? 0, pssMb, rssMb].map((value) => String(value));
    return name.padEnd(24) + cells.map((cell, index) => cell.padStart(index === 0 ? 7 : 10)).join("");
  }),
];

const statementLines = ({ statements }: ScaleReport): string[] => [
  "\ncalls       total ms   statement, most time first; with start and planning",
  ...statements.map(
    ({ calls, totalMs, text }) =>
      `${String(calls).padEnd(10)}${String(totalMs).padStart(9)}   ${text.slice(0, STATEMENT_WIDTH)}`,
  ),
];

/** The report in lines that people read. */
export const describeScale = (report: ScaleReport): string => {
  const { bots, closes, decided, ordered, ordersLost, slotsLost, work } = report;
  const reasons = report.undecided.map(({ reason, count }) => `${count} ${reason}`).join(", ");
  const functions = Object.entries(report.stepsPerBotMonthByFunction).map(([name, count]) => `${name} ${count}`);
  return [
    line("bots, closes", `${bots}, ${closes}`),
    lagLine("decided", decided, report.lagMs),
    lagLine("ordered", ordered, report.orderedMs),
    line("slots lost", slotsLost, reasons === "" ? "" : ` (undecided: ${reasons})`),
    line("orders not booked", ordersLost),
    line("last end after a close", report.busyMs.join(", "), " ms"),
    line("analyses", `${work.analyses} = ${report.analysesPerSecond ?? "-"} a second until the last end`),
    line("runs", `${work.runs} = ${report.runsPerSecond ?? "-"} a second`),
    line("marks", `${work.marks} = ${report.marksPerSecond ?? "-"} a second`),
    line(
      "round trips",
      `${report.roundTripsPerRun ?? "-"} a run that enters, ${report.roundTripsPerMark ?? "-"} a mark`,
    ),
    line("exchange calls", `${report.exchangeCallsPerSecond ?? "-"} a second`),
    line("CPU", `${((report.cpuShare ?? 0) * 100).toFixed(1)} % of ${report.cores} cores`),
    line("memory", `${report.memoryMb} MB (PSS, all processes together at their most)`),
    line("database growth", `${(report.databaseBytesPerBotDay / 1000).toFixed(1)} kB a bot-day`),
    line("runs and steps", `${report.stepsPerBotMonth} a bot-month: ${functions.join(", ")}`),
    line("invariants", `hold for ${report.audited} bots, before and after`),
    ...processLines(report),
    ...statementLines(report),
  ].join("\n");
};
