import { describe, expect, it } from "vitest";
import { botSettingsSchema } from "../bot-settings";
import { writeModelQuestion, type ModelQuestion } from "../cycle/model-question";
import { modelInput, modelSettings } from "../cycle/testing/model-fixture";
import { FIRST } from "../cycle/testing/synthetic-trader";
import { replyBody, scriptedReply } from "../decision/asking/testing/scripted-reply";
import { PLAIN_DELIMITER, replyKeyText, writeRepair, type Prompt } from "../decision/asking/write-prompt";
import { DAY_MS, HOUR_MS } from "../market/duration";
import { costAtMost } from "../model/cost-at-most";
import { findModel } from "../model/find-model";
import { toModelRequest } from "../cycle/model-question";
import { decimal } from "../money";
import { createRecordedAnswers, type RecordedModel } from "./recorded-model";
import { createReplyBook, parseReplies, type RecordedReply } from "./recorded-replies";
import { runBacktest } from "./run-backtest";
import { SCRIPTED_MODEL } from "./testing/scripted-model";
import { BEGIN, createMarkets, SETTINGS } from "./testing/synthetic-markets";

const MODEL = "anthropic/claude-haiku-4-5";
const PRICED_AT = Date.parse("2026-11-28");

const ask = (time = FIRST, model = MODEL, delimiter = PLAIN_DELIMITER): ModelQuestion => {
  const question = writeModelQuestion(modelInput({ time, delimiter, settings: modelSettings({ model }) }));
  if (question === null) throw new Error("nothing is asked");
  return question;
};

/** The same question as it was asked in a cycle, by a delimiter of its own. */
const asked = (): ModelQuestion => ask(FIRST, MODEL, "d1");

/** Any function from text to text is a hash here, as long as no two prompts share one. */
const hash = (text: string): string => `hash of ${text}`;
const keyOf = (prompt: Prompt, model = MODEL): string => hash(replyKeyText(model, prompt, "d1"));
const recorded = ({ prompt }: ModelQuestion, raw = scriptedReply(prompt.message), model = MODEL): RecordedReply => ({
  promptHash: keyOf(prompt, model),
  raw,
});
const answersFrom = (replies: readonly RecordedReply[], model = MODEL, changes: Partial<RecordedModel> = {}) =>
  createRecordedAnswers({ find: createReplyBook(replies), hash, pricedAt: PRICED_AT, ...changes }, model);

const PROSE = JSON.stringify({ stop_reason: "end_turn", content: [{ type: "text", text: "I would buy." }] });

describe("recorded replies", () => {
  it("answer the question that they were recorded of, and no other", () => {
    const answers = answersFrom([recorded(asked())]);
    const told = answers.ask(ask());
    expect("pairs" in told && [...told.pairs.keys()]).toEqual(["A/USDT", "B/USDT"]);
    expect(answersFrom([recorded(asked())]).ask(ask(FIRST + HOUR_MS))).toEqual({
      heldBecause: { code: "no-recorded-reply", text: "no recorded reply to this question" },
    });
    const other = answersFrom([recorded(asked(), undefined, "anthropic/claude-opus-5-5")]);
    expect(other.ask(ask())).toMatchObject({ heldBecause: { code: "no-recorded-reply" } });
  });

  it("are counted, and what has none is priced at most", () => {
    const questions = [ask(), ask(FIRST + HOUR_MS, "anthropic/claude-haiku-4-5")];
    const [known, unknown] = questions;
    if (!known || !unknown) throw new Error("there are two");
    const input = { find: createReplyBook([]), hash, pricedAt: PRICED_AT };
    const answers = createRecordedAnswers(input, MODEL);
    answers.ask(known);
    answers.ask(unknown);
    const [price] = findModel("anthropic", "claude-haiku-4-5").prices;
    if (!price) throw new Error("it has a price");
    const most = questions.map(({ prompt }) => costAtMost(toModelRequest(prompt), price) ?? decimal(0));
    expect(answers.tally()).toEqual({
      model: MODEL,
      questions: 2,
      unmoved: 0,
      answered: 0,
      missing: 2,
      costAtMost: most.reduce((one, next) => one.plus(next)),
      priceUnknown: null,
    });
  });

  it.each([
    ["nobody/model", /no provider/],
    ["openrouter/some/model", /No price is known/],
    ["anthropic/claude-haiku-4-5", /No price .* for that time/],
  ])("of %s cost an unknown amount, and never 0", (model, reason) => {
    const answers = answersFrom([], model, { pricedAt: Date.parse("2020-01-01") });
    answers.ask(ask(FIRST, model));
    expect(answers.tally()).toMatchObject({ missing: 1, costAtMost: null });
    expect(answers.tally().priceUnknown).toMatch(reason);
  });

  it("are not needed where nothing has moved since the last answer", () => {
    const answers = answersFrom([recorded(asked())]);
    expect(answers.ask(ask(FIRST - 1000))).toMatchObject({ heldBecause: { code: "no-recorded-reply" } });
    answers.ask(ask());
    expect(answers.ask(ask(FIRST + 1000))).toMatchObject({ heldBecause: { code: "nothing-moved" } });
    expect(answers.tally()).toMatchObject({ questions: 2, unmoved: 1, answered: 1, missing: 1 });
  });

  it("that cannot be used are held with the reason, or repaired where the repair was recorded", () => {
    const prose = recorded(asked(), PROSE);
    const held = answersFrom([prose]).ask(ask());
    expect(held).toMatchObject({
      heldBecause: { code: "no-answer", text: expect.stringMatching(/prose/) as string },
    });
    const { prompt } = asked();
    const repair = writeRepair(prompt, (held as { heldBecause: { text: string } }).heldBecause.text);
    const mended = { ...prose, promptHash: keyOf(repair), raw: scriptedReply(prompt.message) };
    const told = answersFrom([prose, mended]).ask(ask());
    expect("pairs" in told && told.pairs.size).toBe(2);
    expect(answersFrom([prose, { ...mended, raw: "<html>" }]).ask(ask())).toMatchObject({
      heldBecause: { code: "no-answer" },
    });
  });

  it("that cannot be used answer nothing: what has not moved since is asked again", () => {
    const answers = answersFrom([recorded(asked(), PROSE)]);
    expect(answers.ask(ask())).toMatchObject({ heldBecause: { code: "no-answer" } });
    expect(answers.ask(ask(FIRST + 1000))).toMatchObject({ heldBecause: { code: "no-recorded-reply" } });
    expect(answers.tally()).toMatchObject({ questions: 2, unmoved: 0, answered: 1, missing: 1 });
  });

  it("of one question twice are the first", () => {
    const second = recorded(asked(), replyBody({ decisions: [] }));
    const told = answersFrom([recorded(asked()), second]).ask(ask());
    expect("pairs" in told && told.pairs.get("A/USDT")).not.toHaveProperty("fault");
  });

  it("are read of a file line by line, and a line that is none is named", () => {
    const line = JSON.stringify({ promptHash: "0".repeat(64), raw: "{}", askedAt: "2026-01-01" });
    expect(parseReplies(`${line}\n\n${line}\n`)).toHaveLength(2);
    expect(() => parseReplies(`${line}\n{"raw":1}`)).toThrow(/^line 2 is no recorded reply: promptHash/);
    expect(() => parseReplies("nothing")).toThrow(/^line 1 is no recorded reply/);
    expect(() => parseReplies(line.replace("0000", "zzzz"))).toThrow(/promptHash a prompt's hash/);
  });
});

describe("a backtest of a bot that asks a model", () => {
  const from = BEGIN + 20 * DAY_MS;
  const span = { markets: createMarkets(1), finestTimeframe: "5m" as const, from, to: from + DAY_MS };
  const bots = [{ id: "bot", settings: SETTINGS.llm, capital: decimal(10_000) }];
  const run = (model?: RecordedModel) => runBacktest({ ...span, bots, ...(model && { model }) })[0];

  it("is the same to the last byte twice, from what was recorded", () => {
    const record: RecordedReply[] = [];
    const recording: RecordedModel = {
      ...SCRIPTED_MODEL,
      find: (promptHash) => {
        const raw = SCRIPTED_MODEL.find(promptHash);
        if (raw !== undefined) record.push({ promptHash, raw });
        return raw;
      },
    };
    const first = run(recording);
    const again = run({ ...SCRIPTED_MODEL, find: createReplyBook(record) });
    expect(first?.model).toMatchObject({ questions: 24, answered: 24, missing: 0 });
    expect(first?.trades.length).toBeGreaterThan(0);
    expect(JSON.stringify(again)).toBe(JSON.stringify(first));
    // One reply fewer is one hold more, and says so.
    const less = run({ ...SCRIPTED_MODEL, find: createReplyBook(record.slice(1)) });
    expect(less?.model).toMatchObject({ questions: 24, missing: expect.any(Number) as number });
    expect(less?.decisions.reason["no-recorded-reply"]).toBeGreaterThanOrEqual(2);
  });

  it("holds throughout where nothing was recorded, or nobody stands for a model", () => {
    const empty = run({ ...SCRIPTED_MODEL, find: createReplyBook([]) });
    expect(empty?.decisions.reason).toEqual({ "no-recorded-reply": 48 });
    expect(empty?.model).toMatchObject({ questions: 24, answered: 0, missing: 24 });
    expect(empty?.fills).toEqual([]);
    expect(run()?.decisions.reason).toEqual({ "not-asked": 48 });
    expect(run()?.model).toBeNull();
  });

  it("counts no questions of bots that ask none", () => {
    const settings = botSettingsSchema.parse({ pairs: ["A/USDT", "B/USDT"] });
    const [other] = runBacktest({ ...span, bots: [{ id: "b", settings, capital: decimal(1) }], model: SCRIPTED_MODEL });
    expect(other?.model).toBeNull();
  });
});
