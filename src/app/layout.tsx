import type { Metadata } from "next";
import type { ReactNode } from "react";
import "./globals.css";

export const metadata: Metadata = {
  title: "0xBot",
  description: "Crypto trading bots one can trust: paper and live, explained and replayable.",
  icons: { icon: "/icon.svg" },
};

export default function RootLayout({ children }: { readonly children: ReactNode }) {
  return (
    <html lang="en">
      <body>{children}</body>
    </html>
  );
}
