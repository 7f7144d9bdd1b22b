/** For every page: imports nothing. `blue-orange` tells gain from loss without green and red. */
export const THEMES = ["dark", "light", "blue-orange"] as const;
export type Theme = (typeof THEMES)[number];

export const THEME_COOKIE = "0xbot-theme";

/** Told on the window to whoever draws with the theme's colours, such as a chart's canvas. */
export const THEME_CHANGED = "0xbot-theme";

/** The theme that a cookie asks for; dark for anything else. */
export const themeOf = (value: string | undefined): Theme => THEMES.find((theme) => theme === value) ?? "dark";
