import { defineConfig } from 'vite'

/** The page is built into `web-dist`, with relative addresses so that it works below any path. */
export default defineConfig({
  root: new URL('./web', import.meta.url).pathname,
  base: './',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: '../web-dist',
    emptyOutDir: true,
    target: 'es2022',
    // light-dark() is left as it is written; these are the first versions that know it.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    modulePreload: { polyfill: false },
    // A data: address would need its own word in a content security policy.
    assetsInlineLimit: 0,
  },
  server: { proxy: { '/api': 'http://127.0.0.1:8080', '/docs': 'http://127.0.0.1:8080' } },
})
