import { expect, it } from "vitest";
import { fundingName } from "./funding-name";

it("funding of 0 is called unknown only where it is", () => {
  expect([fundingName("0.00", false), fundingName("0", true)]).toEqual(["Funding, not known: counted as 0", "Funding"]);
  expect([fundingName("-0.12", false), fundingName("0.001", true)]).toEqual(["Funding", "Funding"]);
});
