import localFont from "next/font/local";

/** Both fonts come from npm packages and are served by us. */
const text = localFont({
  src: "../../node_modules/@fontsource-variable/source-sans-3/files/source-sans-3-latin-wght-normal.woff2",
  variable: "--font-text",
  weight: "200 900",
  display: "swap",
});

const figures = localFont({
  src: "../../node_modules/@fontsource-variable/source-code-pro/files/source-code-pro-latin-wght-normal.woff2",
  variable: "--font-figures",
  weight: "200 900",
  display: "swap",
  preload: false,
});

export const fontClasses = `${text.variable} ${figures.variable}`;
