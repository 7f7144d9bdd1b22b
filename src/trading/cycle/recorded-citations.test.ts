import fc from "fast-check";
import { expect, it } from "vitest";
import { CITED_TOLERANCE } from "../decision/asking/check-citations";
import type { Decision } from "../decision/basis/decision";
import { readAnswer } from "../decision/asking/read-answer";
import { readReplyBody } from "../decision/asking/read-reply-body";
import { scriptedReply } from "../decision/asking/testing/scripted-reply";
import { HOUR_MS } from "../market/duration";
import { decideAnalysed } from "./decide-market";
import { writeModelQuestion } from "./model-question";
import { dueMarkets, modelInput, modelSettings } from "./testing/model-fixture";
import { FIRST } from "./testing/synthetic-trader";

const SETTINGS = modelSettings();

type Cited = { path: string; value: number };
type Body = { content: [{ input: { decisions: { pair: string; action: string; evidence: Cited[] }[] } }] };

/** A question of a market that is drawn, its clean recorded reply, and what the bot decides by a reply's body. */
const draw = (seed: number, hours: number) => {
  const time = FIRST + hours * HOUR_MS;
  const markets = dueMarkets(SETTINGS, time, seed);
  const question = writeModelQuestion(modelInput({ time, markets }));
  if (question === null) throw new Error("nothing is asked");
  const decide = (raw: string): Decision[] => {
    const read = readAnswer(readReplyBody(raw), question.pairs);
    if ("fault" in read) throw new Error(read.fault);
    const told = { facts: question.facts, pairs: read.pairs };
    return markets.map(({ pair, analysis }) =>
      decideAnalysed({ pair, settings: SETTINGS, analysis, held: undefined, mayAdd: false, wasHeld: false, told }),
    );
  };
  return { raw: scriptedReply(question.prompt.message), decide };
};

const seed = fc.integer({ min: 1, max: 6 });
const hours = fc.integer({ min: 0, max: 24 });

it("a clean recorded reply passes every time", () => {
  let opened = 0;
  fc.assert(
    fc.property(seed, hours, (drawn, at) => {
      const { raw, decide } = draw(drawn, at);
      const wanted = (JSON.parse(raw) as Body).content[0].input.decisions.map(({ action }) => action);
      const decided = decide(raw);
      expect(decided.map(({ action, side }) => (action === "hold" ? "hold" : `open_${side}`))).toEqual(wanted);
      opened += decided.filter(({ action }) => action === "open").length;
    }),
    { numRuns: 60 },
  );
  expect(opened).toBeGreaterThan(30);
}, 60_000);

it("a number in it that is changed beyond the tolerance is caught every time, and spoils no other pair", () => {
  let caught = 0;
  const beyond = fc.double({ min: 1.02, max: 500, noNaN: true });
  fc.assert(
    fc.property(seed, hours, beyond, fc.boolean(), (drawn, at, times, isUp) => {
      const { raw, decide } = draw(drawn, at);
      const before = decide(raw);
      const count = (JSON.parse(raw) as Body).content[0].input.decisions.flatMap(({ evidence }) => evidence).length;
      for (let index = 0; index < count; index += 1) {
        const body = JSON.parse(raw) as Body;
        const { decisions } = body.content[0].input;
        const owners = decisions.flatMap((decision) => decision.evidence.map((cited) => ({ decision, cited })));
        const changed = owners[index];
        if (!changed) throw new Error("the number is there");
        changed.cited.value *= 1 + (isUp ? 1 : -1) * times * CITED_TOLERANCE;
        const after = decide(JSON.stringify(body));
        for (const [place, decision] of after.entries()) {
          const isChanged = decision.pair === changed.decision.pair && before[place]?.action === "open";
          if (isChanged) caught += 1;
          expect(decision.reason.code).toBe(isChanged ? "ungrounded" : before[place]?.reason.code);
        }
      }
    }),
    { numRuns: 40 },
  );
  expect(caught).toBeGreaterThan(100);
}, 60_000);
