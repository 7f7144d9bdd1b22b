import { config } from "zod/v4/core";

// Runs before anything of a page. The pages' policy forbids code made from text; zod would try it nevertheless, and each
// try is a violation that the browser reports.
config({ jitless: true });
