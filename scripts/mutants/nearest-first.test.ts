import { expect, it } from "vitest";
import { createNearestFirst } from "./nearest-first.mjs";

const specs = (...names: string[]): { readonly moduleId: string }[] =>
  names.map((name) => ({ moduleId: `/copy/src/trading/${name}.test.ts` }));

it("test files nearest to the mutant come first, and of equally near ones those that were quick", () => {
  const order = createNearestFirst();
  const ran = (name: string, duration: number) => ({
    filepath: `/copy/src/trading/${name}.test.ts`,
    result: { duration },
  });
  order.learn([ran("risk/rules/slow", 900), ran("risk/rules/quick", 9), ran("money", 1), ran("risk/gate", 2)]);
  order.start("/copy/src/trading/risk/rules/one-rule.ts");
  const sorted = order.inOrder(specs("money", "risk/rules/slow", "risk/gate", "risk/rules/quick"));
  expect(sorted).toEqual(specs("risk/rules/quick", "risk/rules/slow", "risk/gate", "money"));
});

it("a run that was ended before a file keeps what is known of the file", () => {
  const order = createNearestFirst();
  const filepath = "/copy/src/trading/a.test.ts";
  order.learn([{ filepath, result: { duration: 900 } }]);
  order.learn([{ filepath }, { filepath: "/copy/src/trading/b.test.ts", result: { duration: 10 } }]);
  order.start("/copy/src/trading/money.ts");
  expect(order.inOrder(specs("a", "b"))).toEqual(specs("b", "a"));
});
