import type { Metadata } from "next";
import { connection } from "next/server";
import type { ReactNode } from "react";
import "./globals.css";

export const metadata: Metadata = {
  title: "0xBot",
  description: "Crypto trading bots one can trust: paper and live, explained and replayable.",
  icons: { icon: "/icon.svg" },
};

export default async function RootLayout({ children }: { readonly children: ReactNode }) {
  // A page made beforehand could not carry the nonce of its answer.
  await connection();
  return (
    <html lang="en">
      <body>{children}</body>
    </html>
  );
}
