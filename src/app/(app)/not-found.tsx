import type { Metadata } from "next";
import { NotFoundNotice } from "~/components/ui/not-found-notice";

export const metadata: Metadata = { title: "Not found" };

/** Shown within the app's frame, which already has the page's main element. */
export default function NotFound() {
  return (
    <div className="py-12">
      <NotFoundNotice />
    </div>
  );
}
