import { expect, type Locator, type Page } from "@playwright/test";

export type SpeedName = "Pause" | "60×" | "720×" | "3600×";

/** The band above every page: the kind of money, and the market's time and speed. */
export const bandOf = (page: Page): Locator => page.getByRole("region", { name: "Trading mode" });

export const marketTimeOf = (page: Page): Locator => bandOf(page).getByText(/Market time \d{4}-/);

/** Sets the demo market's speed by the band's buttons, and waits until the server has it. */
export const setSpeed = async (page: Page, name: SpeedName): Promise<void> => {
  const button = bandOf(page).getByRole("button", { name, exact: true });
  // Before that, nothing handles a click.
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  await button.click();
  await expect(button).toHaveAttribute("aria-pressed", "true");
};
