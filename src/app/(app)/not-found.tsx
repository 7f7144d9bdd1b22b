import type { Metadata } from "next";
import { NotFoundNotice } from "~/components/ui/not-found-notice";

export const metadata: Metadata = { title: "Not found" };

/** Within the app's frame, which is the page's main already. */
export default function NotFound() {
  return (
    <div className="py-12">
      <NotFoundNotice />
    </div>
  );
}
