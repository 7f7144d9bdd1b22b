import type { Page, Route } from "@playwright/test";
import superjson, { type SuperJSONResult } from "superjson";

/** By procedure: makes from the server's answer what the page gets instead. */
export type Alterations = Readonly<Record<string, (answer: never) => unknown>>;

type Answer = { readonly result?: { readonly data: SuperJSONResult } };

const alter = (answer: Answer, procedure: string, alterations: Alterations): Answer => {
  const change = alterations[procedure];
  if (!change || !answer.result) return answer;
  return { result: { data: superjson.serialize(change(superjson.deserialize<never>(answer.result.data))) } };
};

/** The procedures that a request asks for; none for a stream or a mutation. */
const proceduresOf = (route: Route): readonly string[] => {
  const request = route.request();
  const [, path = ""] = new URL(request.url()).pathname.split("/api/trpc/");
  return request.method() === "GET" && !path.startsWith("live.") ? path.split(",") : [];
};

/** Alters what a page reads from the API from now on; `change` sets other alterations. Server-rendered data stays. */
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

/** Makes the page read all its data again, as after a pause by the user. */
export const readAllAnew = async (page: Page): Promise<void> => {
  await page.getByRole("button", { name: "Pause live updates" }).click();
  await page.getByRole("button", { name: "Resume live updates" }).click();
};
