import path from "node:path";
import { expect, type Page } from "@playwright/test";
import { createUser } from "../../src/server/auth/create-user";
import { createRuntime } from "../../src/server/runtime";
import { readMails, tokenIn } from "../../src/server/testing/mailbox-fixture";
import { withDatabase } from "./demo-database";
import type { RunningProduct } from "./running-product";
import type { Login } from "./sign-in";

export const PASSWORD = "seven herons over the river";

let people = 0;
/** Of somebody who has no account yet. */
export const newLogin = (): Login => ({
  email: `person${Date.now()}-${(people += 1)}@example.org`,
  password: PASSWORD,
});

/** A user of a story's own, for which no other story can have created anything. */
export const makeUser = async (databaseUrl: string): Promise<Login> => {
  const runtime = createRuntime({ databaseUrl, poolMax: 1 });
  try {
    const login = { email: `${runtime.newId()}@example.org`, password: PASSWORD };
    await createUser(runtime, login);
    return login;
  } finally {
    await runtime.close();
  }
};

/** As if six minutes had passed since this user gave the password. */
export const forgetConfirmation = (product: RunningProduct, { email }: Pick<Login, "email">) =>
  withDatabase(product.databaseUrl(), ({ find }) =>
    find(
      `UPDATE sessions SET confirmed_at = NULL FROM users u WHERE u.id = user_id AND u.email = $1 RETURNING 1`,
      email,
    ),
  );

/** Makes an account through the form; the page is then the overview. */
export const register = async (page: Page, { email, password }: Login): Promise<void> => {
  await page.goto("/register");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Create the account" }).click();
  await expect(page).toHaveURL(/\/overview$/);
};

/** The link in the last mail to an address, as its reader finds it in the data folder. */
export const mailedLink = async (
  { folder }: RunningProduct,
  email: string,
  to: "/verify" | "/reset",
): Promise<string> => {
  const find = () =>
    tokenIn(
      readMails(path.join(folder, "mail")).filter((mail) => mail.to === email),
      to,
    );
  await expect.poll(find, { message: `a mail to ${email}` }).not.toBeNull();
  return `${to}#${find()}`;
};
