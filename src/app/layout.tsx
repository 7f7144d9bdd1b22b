import type { Metadata, Viewport } from "next";
import { cookies } from "next/headers";
import { connection } from "next/server";
import type { ReactNode } from "react";
import { THEME_COOKIE, themeOf } from "~/contracts/theme";
import { fontClasses } from "./fonts";
import "./globals.css";

export const metadata: Metadata = {
  title: { default: "0xBot", template: "%s · 0xBot" },
  description: "Crypto trading bots you can trust: paper and live, explained and replayable.",
  icons: { icon: "/icon.svg" },
};

export const viewport: Viewport = { width: "device-width", initialScale: 1 };

export default async function RootLayout({ children }: { readonly children: ReactNode }) {
  // A prerendered page could not carry the nonce of its response.
  await connection();
  // Set by the server, so that no other theme flashes first.
  const theme = themeOf((await cookies()).get(THEME_COOKIE)?.value);
  return (
    <html lang="en" data-theme={theme} className={fontClasses}>
      <body>{children}</body>
    </html>
  );
}
