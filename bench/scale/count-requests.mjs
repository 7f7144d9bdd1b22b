import { subscribe } from "node:diagnostics_channel";
import { writeFileSync } from "node:fs";
import path from "node:path";

/** Preloaded into each process of the product: counts the HTTP requests that it answers, in a file of its own. */
const file = path.join(process.env["SCALE_COUNTS"] ?? ".", String(process.pid));
const WRITE_EVERY_MS = 250;

let [count, written] = [0, 0];
subscribe("http.server.request.start", () => {
  count += 1;
});
setInterval(() => {
  if (count === written) return;
  written = count;
  writeFileSync(file, String(count));
}, WRITE_EVERY_MS).unref();
