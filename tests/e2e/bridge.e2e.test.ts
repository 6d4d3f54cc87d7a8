/** Attacks of a page that was taken over: each is tried in the real window, each must come to nothing. */
import { existsSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { logIn, startApp, type RunningApp } from './support/app.ts'

let app: RunningApp
let page: Page
let elsewhere: Server
/** Requests that reached the world outside. */
const reached: string[] = []
let remote: string
let secret: string
let home: string

beforeAll(async () => {
  app = await startApp()
  page = app.page
  elsewhere = createServer((request, response) => {
    reached.push(request.url ?? '')
    response.setHeader('access-control-allow-origin', '*')
    response.end('hello')
  })
  await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve))
  remote = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}`
  secret = join(app.dataFolder, 'secret.txt')
  writeFileSync(secret, 'not for the page')
  await logIn(page, '1001')
  home = page.url()
})
afterAll(async () => {
  await app.close()
  elsewhere.close()
})

/** What a promise of the page was rejected with, as the page sees it. */
const refusal = (work: string) =>
  page.evaluate(
    (code) =>
      (async () => {
        try {
          return { answered: await (new Function(`return ${code}`)() as Promise<unknown>) }
        } catch (error) {
          const { code: failure, message } = error as { code?: string; message?: string }
          return { code: failure, message }
        }
      })(),
    work,
  )

/** One call as the page would send it. */
const ask = (name: string, input: unknown, session: string | null = null) =>
  page.evaluate(
    async ([called, body, token]) => {
      try {
        return { output: await window.hall.call(called, body, token) }
      } catch (failure) {
        return { failure: failure as { code: string; message: string } }
      }
    },
    [name, input, session] as const,
  )

describe('the page', () => {
  test('has one bridge with the calls that are written down, and nothing of Node or Electron', async () => {
    const seen = await page.evaluate(() => ({
      bridge: Object.keys(window.hall).sort(),
      desktop: Object.keys(window.hall.desktop).sort(),
      node: ['require', 'process', 'module', 'Buffer', 'global', '__dirname', 'electron', 'ipcRenderer'].filter(
        (name) => name in window,
      ),
    }))
    expect(seen).toEqual({
      bridge: ['call', 'desktop', 'on', 'zoom'],
      desktop: [
        'backups',
        'changePassphrase',
        'chooseFiles',
        'closeDisplay',
        'create',
        'displayState',
        'keyKeeper',
        'openDisplay',
        'pdf',
        'print',
        'printers',
        'restore',
        'saveFile',
        'showFile',
        'startState',
        'unlock',
      ],
      node: [],
    })
  })

  test('cannot change the bridge', async () => {
    await page.evaluate(() => {
      const attempt = (act: () => void) => {
        try {
          act()
        } catch {
          // Refused.
        }
      }
      attempt(() => Object.assign(window.hall, { call: () => Promise.resolve('forged') }))
      attempt(() => Object.assign(window.hall.desktop, { backups: () => Promise.resolve('forged') }))
      attempt(() => void Reflect.deleteProperty(window.hall, 'call'))
      attempt(() => void Reflect.set(window, 'hall', null))
    })
    expect(await ask('access.welcome', {})).toMatchObject({ output: { device: { hallCode: '001' } } })
    expect(await page.evaluate(() => window.hall.desktop.backups())).toEqual([])
  })

  test('cannot leave for another address, a file, or a script', async () => {
    for (const address of [`${remote}/navigate`, pathToFileURL(secret).href, 'data:text/html,<h1>x</h1>']) {
      await page.evaluate((to) => void window.location.assign(to), address)
      await page.waitForTimeout(300)
      expect(page.url()).toBe(home)
      await page.evaluate((to) => {
        const link = document.createElement('a')
        link.href = to
        document.body.append(link)
        link.click()
        link.remove()
      }, address)
      await page.waitForTimeout(300)
      expect(page.url()).toBe(home)
    }
    expect(reached).toEqual([])
  })

  test('opens no window', async () => {
    for (const address of [`${remote}/window`, 'about:blank', pathToFileURL(secret).href]) {
      expect(await page.evaluate((to) => window.open(to) === null, address)).toBe(true)
    }
    await page.evaluate((to) => {
      const form = document.createElement('form')
      form.action = to
      form.target = '_blank'
      form.method = 'post'
      document.body.append(form)
      form.submit()
      form.remove()
    }, `${remote}/form`)
    await page.waitForTimeout(300)
    expect(await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
    expect(page.url()).toBe(home)
    expect(reached).toEqual([])
  })

  test('shows no frame of a file or of another address, and a frame of its own has no bridge', async () => {
    const texts = await page.evaluate(
      async (addresses) => {
        const found: string[] = []
        for (const address of addresses) {
          const frame = document.createElement('iframe')
          frame.src = address
          document.body.append(frame)
          await new Promise((resolve) => setTimeout(resolve, 400))
          try {
            found.push(frame.contentDocument?.body.textContent ?? '')
          } catch {
            found.push('')
          }
          frame.remove()
        }
        return found.join('')
      },
      [pathToFileURL(secret).href, `${remote}/frame`],
    )
    expect(texts).not.toContain('not for the page')
    expect(reached).toEqual([])
    const inside = await page.evaluate(async () => {
      const frame = document.createElement('iframe')
      frame.srcdoc = '<p>paper</p>'
      document.body.append(frame)
      await new Promise((resolve) => setTimeout(resolve, 300))
      const has = frame.contentWindow !== null && 'hall' in frame.contentWindow
      frame.remove()
      return has
    })
    expect(inside).toBe(false)
  })

  test('reads no file of the disk and reaches nobody outside', async () => {
    const file = pathToFileURL(secret).href
    for (const code of [
      `fetch(${JSON.stringify(file)}).then((answer) => answer.text())`,
      `fetch('file:///etc/passwd').then((answer) => answer.text())`,
      `fetch(${JSON.stringify(`${remote}/fetch`)}).then((answer) => answer.text())`,
      `new Promise((resolve, reject) => { const x = new XMLHttpRequest(); x.open('GET', ${JSON.stringify(file)}); x.onload = () => resolve(x.responseText); x.onerror = () => reject(new Error('refused')); x.send() })`,
      `new Promise((resolve, reject) => { const s = new WebSocket(${JSON.stringify(remote.replace('http', 'ws'))}); s.onopen = () => resolve('open'); s.onerror = () => reject(new Error('refused')) })`,
      `import(${JSON.stringify(`${remote}/module.js`)})`,
    ]) {
      expect(await refusal(code), code).not.toHaveProperty('answered')
    }
    await page.evaluate((to) => {
      new Image().src = `${to}/image`
      navigator.sendBeacon(`${to}/beacon`, 'x')
      const script = document.createElement('script')
      script.src = `${to}/script.js`
      document.body.append(script)
    }, remote)
    await page.waitForTimeout(400)
    expect(reached).toEqual([])
  })

  test('is given no camera, place or notices', async () => {
    const states = await page.evaluate(() =>
      Promise.all(
        (['camera', 'geolocation', 'notifications'] as PermissionName[]).map((name) =>
          navigator.permissions.query({ name }).then(({ state }) => state),
        ),
      ),
    )
    expect(states).not.toContain('granted')
  })
})

describe('a call', () => {
  test('that does not exist is refused, whatever name it borrows', async () => {
    for (const name of [
      'customers.everything',
      '__proto__',
      'constructor',
      'toString',
      '',
      'access',
      '../access.login',
    ])
      expect(await ask(name, {}), name).toMatchObject({
        failure: { code: 'UnknownCall', message: '程序版本不一致，请重新启动' },
      })
  })

  test.each([null, '', 'forged', 'x'.repeat(10_000), '00000000-0000-7000-8000-000000000001'])(
    'with no session or a forged one is refused',
    async (token) => {
      for (const [name, input] of [
        ['customers.search', { text: '张' }],
        ['settings.list', {}],
        ['backup.authorizeRestore', {}],
      ] as const)
        expect(await ask(name, input, token), name).toMatchObject({ failure: { code: 'NotSignedIn' } })
    },
  )

  test('with keys that would change every object changes none, and gets in nowhere', async () => {
    const login = `staffNo: '1001', password: 'x'`
    for (const input of [
      `({ ${login}, constructor: { prototype: { admin: true } } })`,
      `({ ${login}, prototype: { admin: true } })`,
    ])
      expect(await refusal(`window.hall.call('access.login', ${input}, null)`), input).toMatchObject({
        code: 'InvalidInput',
      })
    // This key is lost on the way over the bridge; what is left is a wrong password.
    const proto = `Object.defineProperty({ ${login} }, '__proto__', { value: { ok: true }, enumerable: true })`
    expect(await refusal(`window.hall.call('access.login', ${proto}, null)`)).toMatchObject({ answered: { ok: false } })
    expect(await page.evaluate(() => 'admin' in {} || 'ok' in {})).toBe(false)
  })

  test('of any shape gets an answer in Chinese, and the hall goes on', async () => {
    for (const input of [null, undefined, 0, 'text', [], [[[]]], { staffNo: { $gt: '' } }, { staffNo: ['1001'] }]) {
      const answer = await ask('access.login', input)
      expect(answer).toMatchObject({ failure: { code: 'InvalidInput' } })
      expect(answer.failure?.message).toMatch(/\p{Script=Han}/u)
    }
    expect(await ask('access.welcome', {})).toHaveProperty('output')
  })
})

describe('the desktop', () => {
  test('prints nothing that the page made: only what a ticket of the backend stands for', async () => {
    const html = `<!doctype html><script>fetch('${remote}/paper')</script><p>paper</p>`
    for (const job of [{ html }, { html, name: '../../outside' }, { ticket: html }, { ticket: '../key.json' }, {}]) {
      const refused = await refusal(`window.hall.desktop.pdf(${JSON.stringify(job)})`)
      expect(refused, JSON.stringify(job)).toMatchObject({ code: 'InvalidInput' })
    }
    const ticket = 'a'.repeat(64)
    expect(await refusal(`window.hall.desktop.pdf({ ticket: '${ticket}' })`)).toMatchObject({ code: 'TicketOver' })
    expect(reached).toEqual([])
    expect(existsSync(join(dirname(app.dataFolder), 'outside.pdf'))).toBe(false)
  })

  test('a frame of a paper has no bridge, no file and no way out', async () => {
    const outcome = await page.evaluate(async () => {
      const frame = document.createElement('iframe')
      frame.src = `paper://sheet/${'b'.repeat(64)}`
      document.body.append(frame)
      await new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }))
      let inside = 'nothing'
      try {
        inside = String('hall' in (frame.contentWindow as object))
      } catch {
        inside = 'another origin'
      }
      frame.remove()
      return inside
    })
    expect(outcome).toBe('another origin')
  })

  test('shows no file outside the data folder', async () => {
    const outside = ['/etc/passwd', dirname(app.dataFolder), join(app.dataFolder, '..', 'x'), '../x', '']
    for (const path of outside)
      expect(await refusal(`window.hall.desktop.showFile(${JSON.stringify(path)})`), path).toMatchObject({
        message: '只能打开本程序生成的文件',
      })
  })

  test('restores no backup without an administrator, and none with a path for a name', async () => {
    const order = (fileName: string, by: unknown = null) =>
      refusal(`window.hall.desktop.restore(${JSON.stringify({ fileName, by })})`)
    expect(await order('hall-20261122-220000.db')).toMatchObject({ code: 'NotAllowed' })
    for (const fileName of ['../../hall.db', '/etc/passwd', ''])
      expect(await order(fileName), fileName).toMatchObject({ code: 'InvalidInput' })
    expect(await order('hall-20261122-220000.db', { admin: true })).toMatchObject({ code: 'InvalidInput' })
    expect(await ask('access.welcome', {})).toHaveProperty('output')
  })

  test('makes no second key and opens nothing anew while a hall is open', async () => {
    expect(await refusal(`window.hall.desktop.create({ passphrase: 'long enough' })`)).toMatchObject({
      answered: { phase: 'failed', error: { code: 'KeyExists' } },
    })
    expect(await page.evaluate(() => window.hall.desktop.startState())).toEqual({ phase: 'ready' })
    expect(await ask('access.welcome', {})).toHaveProperty('output')
  })

  test('refuses arguments it does not know', async () => {
    for (const code of [
      `window.hall.desktop.pdf({ ticket: 'short' })`,
      `window.hall.desktop.pdf({ ticket: '${'a'.repeat(64)}', extra: 1 })`,
      `window.hall.desktop.print({ ticket: '${'a'.repeat(64)}', printer: null, copies: 1000 })`,
      `window.hall.desktop.saveFile({ name: 'x', bytes: 'text' })`,
      `window.hall.desktop.unlock({})`,
    ])
      expect(await refusal(code), code).toMatchObject({ code: 'InvalidInput' })
  })
})
