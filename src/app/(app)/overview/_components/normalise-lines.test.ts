import { describe, expect, it } from "vitest";
import { commonGaps, normaliseLines, rowsOf, describeLines } from "./normalise-lines";

type Drawn = { readonly isControl?: boolean; readonly points: readonly (readonly [number, number])[] };

const line = (name: string, { isControl = false, points }: Drawn) => ({
  botId: `id of ${name}`,
  name,
  isControl,
  capital: isControl ? 200 : 1000,
  points: points.map(([time, value]) => ({ time, value })),
  gaps: [],
});

const DAY = 86_400;
const bot = line("Trinity", {
  points: [
    [DAY, 990],
    [3 * DAY, 1100],
  ],
});
const control = line("Control", {
  isControl: true,
  points: [
    [2 * DAY, 200],
    [3 * DAY, 190],
  ],
});

describe("normaliseLines", () => {
  it("measures each line by its capital, also where its first points are gone or already cost something", () => {
    const [first, second] = normaliseLines([bot, control]);
    expect(first?.points[0]?.value).toBeCloseTo(-0.01, 12);
    expect(second?.points[0]?.value).toBe(0);
    expect(first?.end).toBeCloseTo(0.1, 12);
    expect(second?.end).toBeCloseTo(-0.05, 12);
  });

  it("draws the control dashed, and no two of eight traders alike", () => {
    const traders = Array.from({ length: 8 }, (_, index) => line(`T${index}`, { points: [[DAY, 1]] }));
    const [first, ...others] = normaliseLines([control, ...traders]);
    expect(first).toMatchObject({ token: "benchmark", dash: "dashed" });
    expect(new Set(others.map(({ token, dash }) => `${token} ${dash}`)).size).toBe(8);
  });

  it("knows no end of a bot that has marked nothing", () => {
    expect(normaliseLines([line("New", { points: [] })])[0]?.end).toBeNull();
  });
});

describe("describeLines", () => {
  it("tells every line's end and the first day of all", () => {
    const other = { ...bot, name: "Other" };
    expect(describeLines(normaliseLines([bot, other]))).toBe(
      "Change of equity since 1970-01-02 (UTC): Trinity +10.00\u00a0%, Other +10.00\u00a0%.",
    );
  });

  it("tells each line's own first day where they differ", () => {
    expect(describeLines(normaliseLines([bot, control]))).toBe(
      "Change of equity (UTC): Trinity +10.00\u00a0% since 1970-01-02, Control −5.00\u00a0% since 1970-01-03.",
    );
  });

  it("says that there is nothing yet", () => {
    expect(describeLines([])).toBe("No equity has been recorded yet.");
  });
});

describe("commonGaps", () => {
  const withGaps = (points: readonly (readonly [number, number])[], gaps: readonly (readonly [number, number])[]) =>
    normaliseLines([{ ...line("any", { points }), gaps: gaps.map(([from, to]) => ({ from, to })) }]);

  it("are where no line has anything, and not where one alone stopped", () => {
    const [one] = withGaps(
      [
        [0, 1],
        [100, 1],
      ],
      [
        [10, 40],
        [60, 70],
      ],
    );
    const [other] = withGaps(
      [
        [0, 1],
        [100, 1],
      ],
      [[20, 50]],
    );
    expect(one && other && commonGaps([one, other])).toEqual([{ from: 20, to: 40 }]);
  });

  it("count a line that began later or ended earlier as absent there", () => {
    const [long] = withGaps(
      [
        [0, 1],
        [100, 1],
      ],
      [
        [10, 20],
        [90, 95],
      ],
    );
    const [short] = withGaps(
      [
        [30, 1],
        [80, 1],
      ],
      [],
    );
    expect(long && short && commonGaps([long, short])).toEqual([
      { from: 10, to: 20 },
      { from: 90, to: 95 },
    ]);
    expect(commonGaps([])).toEqual([]);
  });
});

describe("rowsOf", () => {
  it("keeps a value until the next point, and knows none before the first", () => {
    const rows = rowsOf(normaliseLines([bot, control]));
    const first = 990 / 1000 - 1;
    expect(rows.map(({ time }) => time / DAY)).toEqual([3, 2, 1]);
    expect(rows[1]?.values).toEqual([first, 0]);
    expect(rows[2]?.values).toEqual([first, null]);
  });
});
