import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { THEMES, type Theme } from "../../src/contracts/theme";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const COLOUR_RULES = ["color-contrast", "link-in-text-block"];

/** What axe finds, one line each: rule, place, and what to correct. Other themes are asked for their colours only. */
export const findViolations = async (page: Page, theme: Theme): Promise<string[]> => {
  const axe = new AxeBuilder({ page });
  const asked = theme === THEMES[0] ? axe.withTags(TAGS) : axe.withRules(COLOUR_RULES);
  // Pages have no frames, so axe needs no second page to collect the results of several frames.
  const { violations } = await asked.setLegacyMode().analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} at ${target.join(" ")}: ${failureSummary ?? ""}`),
  );
};

/** Sideways scrolling of the page itself; what scrolls in its own frame does not count. */
export const readOverflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
