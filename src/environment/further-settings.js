import { modelSettings } from "./model-settings.js";
import { userLimits } from "./user-limits.js";
import { visitorSettings } from "./visitor-settings.js";

/** What a deployment decides about people, about what one of them may have, and about language models. */
export const furtherSettings = { ...visitorSettings, ...userLimits, ...modelSettings };
