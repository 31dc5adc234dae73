/** The browser that tests and scripts drive; see browser.mjs. */
export declare function findBrowser(): {
  executablePath: string;
  args: string[];
  env: Record<string, string | undefined>;
  /** True for the one that comes with the packages. */
  packaged: boolean;
};
