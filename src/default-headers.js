import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { getPublicUrl } from "./env.js";

/** For what is no page of ours, such as an answer of the API or of Next itself: it loads and runs nothing. */
const NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/** The same for our own scripts: a worker begins as one, takes its policy from it, and loads its further parts. */
const OWN_SCRIPTS = NOTHING.replace("default-src 'none'", "default-src 'none'; script-src 'self'");
const SCRIPTS = "/_next/static/";
/** Browsers stay with https for a year. */
const HSTS = "max-age=31536000; includeSubDomains";

/**
 * @param {unknown} message Node's, with the answer that a request will get.
 */
const setDefaults = (message) => {
  const { request, response } =
    /** @type {{ request: import("node:http").IncomingMessage, response: import("node:http").ServerResponse }} */ (
      message
    );
  const policy = request.url?.startsWith(SCRIPTS) === true ? OWN_SCRIPTS : NOTHING;
  // The page's own policy replaces it.
  response.setHeader("content-security-policy", policy);
  // On plain http the promise would lock a browser out of this very host.
  if (getPublicUrl().protocol === "https:") response.setHeader("strict-transport-security", HSTS);
};

/**
 * From now on each answer of this process's HTTP servers begins with these headers, also where no code of ours is asked:
 * files, redirects, and what Next answers to a path that it cannot read. Headers in Next's configuration cannot do it:
 * they are fixed when the app is built, and the public address is not known before the start.
 */
export const setDefaultHeaders = () => {
  unsubscribe("http.server.request.start", setDefaults);
  subscribe("http.server.request.start", setDefaults);
};
