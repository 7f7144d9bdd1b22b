import { expect, it } from "vitest";
import { botNameSchema } from "./new-bot";

it.each(["\u202e", "\u202a", "\u2066", "\u2069", "\u200e", "\u200f", "\u061c"])(
  "a bot's name has no character that turns the text around it: %j",
  (mark) => {
    expect(botNameSchema.safeParse(`gain${mark}ssol`).success).toBe(false);
  },
);

it.each(["Trend 1h", "Zürich 🐎", "بوت", "בוט"])("a bot may be named %s", (name) => {
  expect(botNameSchema.parse(name)).toBe(name);
});
