import { expect, it } from "vitest";
import { planChromium, type Machine } from "./plan-chromium";

const machine = (files: readonly string[], rest: Partial<Machine> = {}): Machine => ({
  chosen: undefined,
  playwrights: "/cache/chrome",
  isRoot: false,
  exists: (file) => files.includes(file),
  ...rest,
});

it.each([
  ["the chosen one before all", machine(["/mine", "/usr/bin/chromium"], { chosen: "/mine" }), "/mine"],
  ["the system's before Playwright's", machine(["/usr/bin/chromium", "/cache/chrome"]), "/usr/bin/chromium"],
  ["Playwright's where the system has none", machine(["/cache/chrome"]), "/cache/chrome"],
  ["an empty choice is none", machine(["/cache/chrome"], { chosen: "" }), "/cache/chrome"],
])("uses %s", (_what, given, path) => expect(planChromium(given)).toEqual({ kind: "use", path }));

it("installs only as root and only where there is apt-get", () => {
  const apt = ["/usr/bin/apt-get"];
  expect(planChromium(machine(apt, { isRoot: true }))).toEqual({ kind: "install", path: "/usr/bin/chromium" });
  expect(planChromium(machine(apt)).kind).toBe("missing");
  expect(planChromium(machine([], { isRoot: true })).kind).toBe("missing");
});

it("says what to install, and never replaces a choice that is not there by another browser", () => {
  expect(planChromium(machine([]))).toMatchObject({ message: expect.stringMatching(/apt-get install chromium/) });
  const wrong = planChromium(machine(["/usr/bin/chromium"], { chosen: "/gone", isRoot: true }));
  expect(wrong).toMatchObject({ kind: "missing", message: expect.stringMatching(/CHROMIUM_PATH is \/gone/) });
});
