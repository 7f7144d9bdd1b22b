/** The tokens that a canvas may draw with. */
const TOKENS = [
  "panel",
  "line",
  "line-strong",
  "ink",
  "muted",
  "accent",
  "gain",
  "loss",
  "warn",
  "benchmark",
  "demo",
  "paper",
] as const;
type Token = (typeof TOKENS)[number];

/** The theme's colours as a canvas takes them, and the page's font. */
export type Palette = Readonly<Record<Token, string>> & { readonly font: string };

/** Reads the colours of the theme that the page is in now. */
export const readPalette = (element: HTMLElement): Palette => {
  const style = getComputedStyle(element);
  const colours = TOKENS.map((token) => [token, style.getPropertyValue(`--c-${token}`).trim()] as const);
  return { ...(Object.fromEntries(colours) as Record<Token, string>), font: style.fontFamily };
};

/** Builds shorten #ffffff to #fff, which takes no two digits of opacity. */
const inLong = (colour: string): string => (colour.length === 4 ? colour.replace(/[\da-f]/gi, "$&$&") : colour);

/** A colour of the palette (#rrggbb or #rgb) with an opacity of 0 to 1, for areas below a line. */
export const withOpacity = (colour: string, opacity: number): string =>
  `${inLong(colour)}${Math.round(opacity * 255)
    .toString(16)
    .padStart(2, "0")}`;
