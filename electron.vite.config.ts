import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'electron-vite'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

// One build runs on the Electron we ship and on the older fallback runtime, so the targets are set by hand.
const nodeTarget = 'node20.18'
const chromeTarget = 'chrome130'

export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      target: nodeTarget,
      externalizeDeps: true,
      rolldownOptions: {
        input: {
          main: here('./src-main/main.ts'),
          backend: here('./src-main/backend.ts'),
          'backup-worker': here('./src-main/backup/worker.ts'),
          'log-copier': here('./src-main/platform/log-copier.ts'),
          'sheet-worker': here('./src-main/platform/sheets/worker.ts'),
        },
        output: { format: 'cjs', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      target: nodeTarget,
      externalizeDeps: false,
      rolldownOptions: {
        input: {
          preload: here('./src-main/preload.ts'),
          'display-preload': here('./src-main/app/display-preload.ts'),
        },
        output: { format: 'cjs', entryFileNames: '[name].js' },
      },
    },
  },
  renderer: {
    root: 'src-renderer',
    base: './',
    plugins: [vue()],
    build: {
      outDir: 'out/renderer',
      target: chromeTarget,
      minify: true,
      emptyOutDir: true,
      rolldownOptions: {
        input: { index: here('./src-renderer/index.html'), display: here('./src-renderer/display.html') },
      },
    },
  },
})
