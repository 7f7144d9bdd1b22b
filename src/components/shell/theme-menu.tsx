"use client";

import { useState } from "react";
import { THEME_CHANGED, THEME_COOKIE, THEMES, type Theme } from "~/contracts/theme";

const NAMES: Record<Theme, string> = { dark: "Dark", light: "Light", "blue-orange": "Blue and orange" };
const YEAR_SECONDS = 31_536_000;

/** Chooses the theme; a cookie keeps it, so that the server makes the next page in it. */
export const ThemeMenu = ({ initial }: { readonly initial: Theme }) => {
  const [theme, setTheme] = useState(initial);
  const choose = (next: Theme): void => {
    setTheme(next);
    document.documentElement.dataset["theme"] = next;
    document.cookie = `${THEME_COOKIE}=${next}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
    window.dispatchEvent(new Event(THEME_CHANGED));
  };
  return (
    <label className="flex items-center gap-2 text-sm text-muted">
      <span className="sr-only">Theme</span>
      <select
        className="h-8 rounded-sm border border-line-strong bg-panel px-2 text-sm text-ink"
        value={theme}
        onChange={(event) => choose(THEMES.find((name) => name === event.target.value) ?? "dark")}
      >
        {THEMES.map((name) => (
          <option key={name} value={name}>
            {NAMES[name]}
          </option>
        ))}
      </select>
    </label>
  );
};
