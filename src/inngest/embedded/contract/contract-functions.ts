import type { InngestFunction } from "inngest";
import type { ContractSetting } from "./contract-setting";
import { createRetryingFunctions } from "./retrying-functions";
import { createSteppingFunctions } from "./stepping-functions";

/** The functions of all scenarios: plain SDK code that does not depend on where it runs. */
export const createContractFunctions = (setting: ContractSetting): InngestFunction.Any[] => [
  ...createRetryingFunctions(setting),
  ...createSteppingFunctions(setting),
];
