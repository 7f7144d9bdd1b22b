import { describe, expect, it } from "vitest";
import { findFolderCircles, type ModuleImports } from "./folder-circles";

const circlesOf = (imports: Readonly<Record<string, readonly string[]>>) =>
  findFolderCircles(
    Object.entries(imports).map(([source, targets]): ModuleImports => ({ source, imports: targets })),
    "src/server/",
  );

describe("the search for folder circles", () => {
  it("finds two folders that know each other by different files", () => {
    const found = circlesOf({
      "src/server/books/a.ts": ["src/server/bots/b.ts"],
      "src/server/bots/c.ts": ["src/server/books/d.ts"],
    });
    expect(found).toEqual([
      { folder: "src/server/books", circle: ["src/server/bots"] },
      { folder: "src/server/bots", circle: ["src/server/books"] },
    ]);
  });

  it("finds a circle by way of a third folder, and leaves out who only looks on", () => {
    const found = circlesOf({
      "src/server/a/1.ts": ["src/server/b/1.ts"],
      "src/server/b/1.ts": ["src/server/c/1.ts"],
      "src/server/c/2.ts": ["src/server/a/2.ts"],
      "src/server/d/1.ts": ["src/server/a/1.ts"],
    });
    expect(found.map(({ folder }) => folder)).toEqual(["src/server/a", "src/server/b", "src/server/c"]);
  });

  it("takes a folder and its subfolder for two", () => {
    const found = circlesOf({
      "src/server/views/shared.ts": ["src/server/views/bots/b.ts"],
      "src/server/views/bots/b.ts": ["src/server/views/other.ts"],
    });
    expect(found).toHaveLength(2);
  });

  it("lets files of the area itself be ground and roof, and finds a circle through one of them", () => {
    const house = {
      "src/server/ports.ts": ["src/server/refs.ts"],
      "src/server/books/a.ts": ["src/server/ports.ts"],
      "src/server/roof.ts": ["src/server/books/a.ts"],
    };
    expect(circlesOf(house)).toEqual([]);
    const found = circlesOf({ ...house, "src/server/refs.ts": ["src/server/books/b.ts"] });
    expect(found.map(({ folder }) => folder)).toEqual([
      "src/server/books",
      "src/server/ports.ts",
      "src/server/refs.ts",
    ]);
  });

  it("forgives the composition root, fixtures and what lies elsewhere", () => {
    const found = circlesOf({
      "src/server/runtime.ts": ["src/server/auth/a.ts"],
      "src/server/auth/a.ts": ["src/server/ports.ts", "src/server/testing/t.ts", "src/trading/money.ts"],
      "src/server/testing/t.ts": ["src/server/auth/a.ts"],
      "src/trading/money.ts": ["src/server/auth/a.ts"],
    });
    expect(found).toEqual([]);
  });
});
