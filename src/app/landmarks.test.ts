import { readFileSync } from "node:fs";
import path from "node:path";
import { createElement, type ComponentType } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import PageError from "./(app)/error";
import Loading from "./(app)/overview/loading";
import PageNotFound from "./(app)/not-found";
import BareError from "./error";
import BareNotFound from "./not-found";

const mainsOf = (page: ComponentType<never>, props: object = {}): number =>
  renderToStaticMarkup(createElement(page as ComponentType<object>, props)).split("<main").length - 1;

const FAILURE = { error: Object.assign(new Error("planted"), { digest: "42" }), retry: () => undefined };

it("a page in the app's frame adds no main to the frame's one, also while it loads, fails or is not there", () => {
  const shell = readFileSync(path.join(import.meta.dirname, "../components/shell/app-shell.tsx"), "utf8");
  expect(shell.split("<main").length - 1).toBe(1);
  expect([mainsOf(Loading), mainsOf(PageError, FAILURE), mainsOf(PageNotFound)]).toEqual([0, 0, 0]);
});

it("a page without the frame has one main of its own, also when it fails or is not there", () => {
  expect([mainsOf(BareError, FAILURE), mainsOf(BareNotFound)]).toEqual([1, 1]);
});
