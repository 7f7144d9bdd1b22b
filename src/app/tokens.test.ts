import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";

const SRC = path.join(import.meta.dirname, "..");
const read = (file: string): string => readFileSync(file, "utf8");

/** Every rule of a style sheet that names a theme: its selector, and the properties that it sets. */
const themeRules = (css: string): { readonly selector: string; readonly properties: readonly string[] }[] =>
  [...css.replaceAll(/\/\*[^]*?\*\//g, "").matchAll(/([^{}]*\[data-theme[^{}]*)\{([^{}]*)\}/g)].map(
    ([, selector = "", body = ""]) => ({
      selector: selector.trim(),
      properties: body.split(";").flatMap((line) => /^\s*([\w-]+)\s*:/.exec(line)?.[1] ?? []),
    }),
  );

const files = readdirSync(SRC, { recursive: true, encoding: "utf8" });

// The browser tests run all axe rules in one theme, and the colour rules in every theme.
it("themes differ in colours alone", () => {
  const sheets = files.filter((file) => file.endsWith(".css")).map((file) => read(path.join(SRC, file)));
  const rules = sheets.flatMap(themeRules);
  expect(rules.length).toBeGreaterThanOrEqual(3);
  const others = rules.flatMap(({ properties }) => properties.filter((name) => !/^(--c-|color-scheme$)/.test(name)));
  expect(others).toEqual([]);
});

it("no component asks for the theme but who lets it be chosen, and who draws on a canvas", () => {
  const asking = files.filter(
    (file) => file.endsWith(".tsx") && /data-theme|\bdark:|\blight:/.test(read(path.join(SRC, file))),
  );
  expect(asking).toEqual(asking.filter((file) => /layout\.tsx$|theme|chart/.test(file)));
});
