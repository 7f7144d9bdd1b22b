import type { BrowserContext } from "@playwright/test";

/** Trouble that no page may cause unless a story expects it. */
export type Trouble = {
  /** The unexpected trouble so far. */
  readonly seen: readonly string[];
  /** From now on trouble that matches is part of the story, such as a server that is down. */
  expect(pattern: RegExp): void;
};

/** Runs in the page: turns a violation of the content policy into a console error, also one that is only reported. */
const tellViolations = (): void => {
  document.addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI, sourceFile, lineNumber }) =>
    console.error(`content policy: ${effectiveDirective} stopped ${blockedURI} at ${sourceFile}:${lineNumber}`),
  );
};

const isOurs = (url: string, origin: string): boolean => /^(data|blob):/.test(url) || new URL(url).origin === origin;

/** Collects console errors, uncaught errors, violations of the content policy and requests to other servers. */
export const watchTrouble = async (context: BrowserContext, origin: string): Promise<Trouble> => {
  const seen: string[] = [];
  const expected: RegExp[] = [];
  const note = (text: string): void => {
    if (!expected.some((pattern) => pattern.test(text))) seen.push(text);
  };
  await context.addInitScript(tellViolations);
  context.on("console", (message) => {
    if (message.type() === "error") note(`console: ${message.text()} (${message.location().url})`);
  });
  context.on("weberror", (error) => note(`uncaught: ${error.error().message}`));
  context.on("request", (request) => {
    if (!isOurs(request.url(), origin)) note(`request to another origin: ${request.url()}`);
  });
  return { seen, expect: (pattern) => void expected.push(pattern) };
};
