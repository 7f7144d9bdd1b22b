/** A setting in words: its name, and one sentence with its value. */
export type SettingLine = { readonly label: string; readonly text: string };

export type SettingSection = { readonly title: string; readonly lines: SettingLine[] };
