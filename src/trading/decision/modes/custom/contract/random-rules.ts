import fc from "fast-check";
import { INDICATOR_CATALOGUE } from "../../../../market/indicators/catalogue";
import type { CatalogueEntry } from "../../../../market/indicators/catalogue-entry";
import { customSettingsSchema, type CustomSettings } from "../custom-settings";

const PERIOD_MAX = 40;

const parametersOf = ({ inputs, findFault }: CatalogueEntry) =>
  fc
    .record(
      Object.fromEntries(
        Object.entries(inputs).map(([name, { least, most, isWhole }]) => [
          name,
          isWhole
            ? fc.integer({ min: least, max: Math.min(most, Math.max(PERIOD_MAX, least)) })
            : fc.double({ min: least, max: most, noNaN: true }),
        ]),
      ),
    )
    .filter((parameters) => findFault(parameters) === null);

const indicatorOf = (isWanted: (unit: string) => boolean) =>
  fc.oneof(
    ...INDICATOR_CATALOGUE.flatMap((entry) => {
      const outputs = Object.entries(entry.outputs).flatMap(([name, { unit }]) => (isWanted(unit) ? [name] : []));
      if (outputs.length === 0) return [];
      return [
        fc.record({
          indicator: fc.constant(entry.code),
          parameters: parametersOf(entry),
          output: fc.constantFrom(...outputs),
          timeframe: fc.constantFrom("decision", "decision", "second"),
          ago: fc.nat(3),
        }),
      ];
    }),
  );

const factors = fc.constantFrom(-2, -1, 0, 0.5, 1.02, 1e-9, 1e12);
const leaves = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom("open", "high", "low", "close", "volume") },
  { weight: 1, arbitrary: fc.constantFrom(0, 1, 40, 0.01, -3, 30_000) },
  { weight: 4, arbitrary: indicatorOf(() => true) },
);
const operands: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: leaves },
  { weight: 1, arbitrary: fc.record({ of: leaves, times: factors, plus: factors }) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom("greatest", "least", "sum", "difference", "ratio"), leaves, leaves)
      .map(([kind, one, other]) => ({ [kind]: [one, other] })),
  },
);

const comparisons = fc.record({ left: operands, is: fc.constantFrom("<", "<=", ">", ">="), right: operands });
const crossings = fc.record({
  left: operands,
  crosses: fc.constantFrom("up", "down"),
  over: operands,
  from: fc.option(operands),
});
const flags = fc
  .tuple(
    fc.constantFrom("yes", "no"),
    indicatorOf((unit) => unit === "yes-no"),
  )
  .map(([word, operand]) => ({ [word]: operand }));

/** Conditions of every kind, two levels of them. */
const composed = (inner: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.oneof(
    fc.array(inner, { minLength: 1, maxLength: 2 }).map((all) => ({ all })),
    fc.array(inner, { minLength: 1, maxLength: 2 }).map((any) => ({ any })),
    inner.map((not) => ({ not })),
    fc.array(inner, { minLength: 2, maxLength: 2 }).map((of) => ({ atLeast: 2, of })),
    fc.record({ forCandles: fc.integer({ min: 2, max: 5 }), holds: inner }),
    fc.record({ withinCandles: fc.integer({ min: 2, max: 5 }), holds: inner }),
  );
const simple: fc.Arbitrary<unknown> = fc.oneof({ weight: 3, arbitrary: comparisons }, crossings, flags);
const conditions = fc.oneof({ weight: 3, arbitrary: simple }, composed(fc.oneof(simple, composed(simple))));

const named = (code: string) => conditions.map((when) => ({ code, name: `the ${code}`, when }));
const levels = fc.oneof(
  fc.constantFrom(0.01, 0.05, 0.3).map((fraction) => ({ fraction })),
  operands.map((from) => ({ from, fraction: 0.01 })),
);
const common = (code: string) => ({
  code: fc.constant(code),
  name: fc.constant(`the ${code}`),
  scoreMin: fc.constantFrom(0, 0.4),
  sizes: fc.constantFrom([{ sizeFraction: 0.1 }], [{ scoreMin: 0.3, sizeFraction: 0.2 }, { sizeFraction: 0.1 }]),
  leverage: fc.constantFrom(1, 3),
  stop: levels,
  target: levels,
  exits: fc.constantFrom(null, { timeExitMinutes: 600 }),
});

const scores = fc.oneof(
  fc.constantFrom<unknown>(0.3, 0.7),
  operands.map((value) => ({ value })),
  conditions.map((when) => ({ tiers: [{ when, score: 0.9 }], otherwise: 0.2 })),
);
const conditionsSetup = fc.record({
  ...common("setup"),
  kind: fc.constant("conditions"),
  all: fc.tuple(named("one"), named("two")),
  score: scores,
});
const weightedSetup = fc.record({
  ...common("weighted"),
  kind: fc.constant("weighted"),
  categories: fc.tuple(
    fc.record({
      code: fc.constant("first"),
      name: fc.constant("First"),
      weight: fc.constantFrom(0.3, 0.6),
      any: fc.tuple(named("three")),
    }),
  ),
  adjustments: fc.tuple(
    fc
      .tuple(named("four"), fc.constantFrom({ by: "add", amount: -0.2 }, { by: "multiply", amount: 0.8 }))
      .map(([condition, by]) => ({ ...condition, ...by })),
  ),
  trigger: fc.constantFrom(null, "first"),
});
const exit = (code: string) =>
  fc.record({
    code: fc.constant(code),
    name: fc.constant(`the ${code}`),
    when: conditions,
    turnedFrom: fc.option(conditions),
    gainMin: fc.constantFrom(null, 0.01),
    closeFraction: fc.constantFrom(1, 0.5),
    blocksEntry: fc.boolean(),
  });
const side = fc.record({
  setups: fc.oneof(
    fc.tuple(conditionsSetup),
    fc.tuple(weightedSetup),
    fc.tuple(conditionsSetup, weightedSetup),
    fc.constant([]),
  ),
  exits: fc.oneof(fc.constant([]), fc.tuple(exit("out")), fc.tuple(exit("out"), exit("half"))),
});

/** Rules of every shape, as a trader may write them and as they are read. */
export const randomRules: fc.Arbitrary<{ readonly written: object; readonly settings: CustomSettings }> = fc
  .record({
    timeframe: fc.constant("1h"),
    secondTimeframe: fc.constantFrom("4h", "1d"),
    warmUpCandles: fc.constantFrom(null, 50),
    long: side,
    short: side,
  })
  .map((written) => ({ written, parsed: customSettingsSchema.safeParse(written) }))
  .filter(({ parsed }) => parsed.success)
  .map(({ written, parsed }) => ({ written, settings: customSettingsSchema.parse(parsed.data) }));
