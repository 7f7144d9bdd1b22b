import type { SettingIssue } from "~/trading/preview/read-settings";

const SETTINGS = "settings.";

/** The server's fields by their paths in the form. */
export const toIssue = ({ path, message }: { readonly path: string; readonly message: string }): SettingIssue => ({
  path: path.startsWith(SETTINGS) ? path.slice(SETTINGS.length) : path,
  message,
});
