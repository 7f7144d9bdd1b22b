/** The demo's own login, which whoever starts the product is given. */
export const DEMO_EMAIL = "demo@0xbot.local";

const REFUSAL =
  "Only an administrator and the demo's own login set the speed of this market: all who trade here share it.";

type Asker = { readonly role: "trader" | "admin"; readonly email: string };

/** Why a user may not set a simulated market's speed; null: may. */
export const speedRefusalOf = ({ role, email }: Asker): string | null =>
  role === "admin" || email === DEMO_EMAIL ? null : REFUSAL;
