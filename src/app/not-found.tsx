import type { Metadata } from "next";
import { NotFoundNotice } from "~/components/ui/not-found-notice";

export const metadata: Metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <main className="px-4 py-16">
      <NotFoundNotice />
    </main>
  );
}
