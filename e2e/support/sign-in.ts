import { expect, type Page } from "@playwright/test";

export type Login = { readonly email: string; readonly password: string };

/** Signs in through the form, as a person does; the page is then the overview. */
export const signIn = async (page: Page, { email, password }: Login): Promise<void> => {
  await page.goto("/sign-in");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(/\/overview$/);
};
