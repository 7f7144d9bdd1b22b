import type { Page, Route } from "@playwright/test";
import superjson, { type SuperJSONResult } from "superjson";

/** By procedure: what a page is told instead of what the server answered. */
export type Alterations = Readonly<Record<string, (answer: never) => unknown>>;

type Answer = { readonly result?: { readonly data: SuperJSONResult } };

const alter = (answer: Answer, procedure: string, alterations: Alterations): Answer => {
  const change = alterations[procedure];
  if (!change || !answer.result) return answer;
  return { result: { data: superjson.serialize(change(superjson.deserialize<never>(answer.result.data))) } };
};

/** Which procedures a request asks for; none: it is a stream or a change. */
const proceduresOf = (route: Route): readonly string[] => {
  const request = route.request();
  const [, path = ""] = new URL(request.url()).pathname.split("/api/trpc/");
  return request.method() === "GET" && !path.startsWith("live.") ? path.split(",") : [];
};

/** Alters what a page reads of the API from now on; `change` sets other alterations. What the server rendered stays. */
export const alterAnswers = async (page: Page): Promise<{ change: (next: Alterations) => void }> => {
  let alterations: Alterations = {};
  await page.route("**/api/trpc/**", async (route) => {
    const procedures = proceduresOf(route);
    if (procedures.length === 0) return route.fallback();
    const response = await route.fetch();
    const body = (await response.json()) as Answer | readonly Answer[];
    const json = Array.isArray(body)
      ? body.map((answer: Answer, index) => alter(answer, procedures[index] ?? "", alterations))
      : body;
    return route.fulfill({ response, json });
  });
  return { change: (next) => void (alterations = next) };
};

/** Reads all that the page shows anew, as somebody does who held it still for a while. */
export const readAllAnew = async (page: Page): Promise<void> => {
  await page.getByRole("button", { name: "Pause live updates" }).click();
  await page.getByRole("button", { name: "Resume live updates" }).click();
};
