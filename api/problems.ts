import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { hasZodFastifySchemaValidationErrors, isResponseSerializationError } from 'fastify-type-provider-zod'
import { StoreUnavailable } from '../store/store.ts'

/** When to ask again where the store did not say, milliseconds. */
const RETRY_AFTER_MS = { busy: 5000, held: 60_000 } as const

/** One field that was not accepted. */
export interface FieldProblem {
  readonly field: string
  readonly message: string
  /** What would have been. */
  readonly accepted?: readonly string[]
}

/** A cell of a file that was not accepted. */
export interface RowProblem {
  /** As a spreadsheet numbers them: the header is row 1. */
  readonly row: number
  readonly column: string
  /** What stands there. */
  readonly value: string
  readonly message: string
  /** What would have been accepted. */
  readonly accepted?: readonly string[] | undefined
}

/** A refusal by RFC 9457. The only place besides this file that names a status is a route's success. */
export class Problem extends Error {
  readonly status: number
  readonly code: string
  readonly title: string
  readonly errors: readonly (FieldProblem | RowProblem)[]

  private constructor(
    status: number,
    code: string,
    title: string,
    detail: string,
    errors: readonly (FieldProblem | RowProblem)[],
  ) {
    super(detail)
    this.status = status
    this.code = code
    this.title = title
    this.errors = errors
  }

  /** 404: a scope, meter or page that does not exist, with those that do. */
  static notFound(field: string, value: string, accepted: readonly string[]): Problem {
    const nothing = `There is no ${field} "${value}".`
    const detail = accepted.length === 0 ? nothing : `${nothing} There are: ${some(accepted)}.`
    return new Problem(404, `unknown-${field}`, `Unknown ${field}`, detail, [
      { field, message: detail, accepted },
    ])
  }

  /** 400: a field that is missing, malformed or does not fit. */
  static badField(field: string, message: string, accepted?: readonly string[]): Problem {
    return Problem.badFields([{ field, message, ...(accepted !== undefined && { accepted }) }])
  }

  static badFields(errors: readonly FieldProblem[]): Problem {
    const detail = errors
      .map(({ field, message, accepted }) =>
        accepted === undefined ? `${field}: ${message}` : `${field}: ${message} Accepted: ${some(accepted)}.`,
      )
      .join('; ')
    return new Problem(400, 'bad-field', 'A field was not accepted', detail, errors)
  }

  /** 400: a file of which nothing was taken, with all that is wrong in it. */
  static badRows(problems: readonly RowProblem[]): Problem {
    const [first] = problems
    const where = first?.column === '' ? `row ${first.row}` : `row ${first?.row}, column ${first?.column}`
    const detail = `Nothing was entered. The first of ${problems.length}: ${where}: ${first?.message}`
    return new Problem(400, 'bad-row', 'Rows were not accepted', detail, problems)
  }

  /** 409: it would be done a second time, or against something that stands. */
  static conflict(code: string, title: string, field: string, message: string): Problem {
    return new Problem(409, code, title, message, [{ field, message }])
  }

  /** 401: keys are configured and the request brought none that fits. */
  static unauthorised(): Problem {
    return new Problem(401, 'key-needed', 'A key is needed', 'Send "Authorization: Bearer <key>".', [])
  }
}

/** Long lists are cut in the sentence; `errors[].accepted` has them whole. */
function some(list: readonly string[]): string {
  return list.length <= 40 ? list.join(', ') : `${list.slice(0, 40).join(', ')} and ${list.length - 40} more`
}

/** Makes every error that leaves the API a problem document. `elsewhere` is said of paths that there aren't. */
export function answerProblems(app: FastifyInstance, elsewhere?: string): void {
  app.setNotFoundHandler((request, reply) => {
    const nothing = `There is nothing at ${request.method} ${request.url}.`
    const detail = elsewhere === undefined ? nothing : `${nothing} ${elsewhere}`
    return send(reply, 404, 'unknown-path', 'Unknown path', detail, [])
  })
  app.setErrorHandler((error: FastifyError | Problem | StoreUnavailable, request, reply) => {
    const problem = asProblem(error)
    if (problem !== null)
      return send(reply, problem.status, problem.code, problem.title, problem.message, problem.errors)
    if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
      const detail = `The body has more than ${request.routeOptions.bodyLimit} bytes; send it in parts.`
      return send(reply, 413, 'too-large', 'The request is too large', detail, [])
    }
    if (error instanceof StoreUnavailable) return unavailable(error, request, reply)
    if ('statusCode' in error && error.statusCode !== undefined && error.statusCode < 500) {
      return send(reply, error.statusCode, 'bad-request', 'The request was not understood', error.message, [])
    }
    return failed(error, request, reply)
  })
}

function asProblem(error: FastifyError | Problem | StoreUnavailable): Problem | null {
  if (error instanceof Problem) return error
  if (!hasZodFastifySchemaValidationErrors(error)) return null
  return Problem.badFields(
    error.validation.map(({ instancePath, keyword, params, message }) => ({
      field: instancePath.replace(/^\//, '').replaceAll('/', '.') || 'body',
      ...said(keyword, params, message ?? 'It is not accepted.'),
    })),
  )
}

/** A schema's refusal in the words of all others, where it is of the two most frequent kinds. */
function said(keyword: string, params: object, message: string): Omit<FieldProblem, 'field'> {
  if (keyword === 'invalid_value' && 'values' in params && Array.isArray(params.values)) {
    return { message: 'It has to be one of those accepted.', accepted: params.values.map(String) }
  }
  if (keyword === 'invalid_type' && message.endsWith('received undefined'))
    return { message: 'It is missing.' }
  return { message }
}

/** 503: nothing is wrong with the request, and later it will be answered. */
function unavailable(error: StoreUnavailable, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  request.log.info({ err: error }, 'the store does not answer')
  const retryAfterMs = error.retryAfterMs ?? RETRY_AFTER_MS[error.code]
  reply.header('retry-after', Math.max(1, Math.ceil(retryAfterMs / 1000)))
  return send(reply, 503, 'store-unavailable', 'The store does not answer', error.message, [])
}

function failed(error: Error, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const what = isResponseSerializationError(error) ? 'The answer did not fit its schema' : 'Something broke'
  request.log.error({ err: error }, what)
  return send(reply, 500, 'internal', what, 'The log of the service has the details.', [])
}

function send(
  reply: FastifyReply,
  status: number,
  code: string,
  title: string,
  detail: string,
  errors: readonly (FieldProblem | RowProblem)[],
): FastifyReply {
  const body = {
    type: `urn:wattwell:problem:${code}`,
    title,
    status,
    detail,
    ...(errors.length > 0 && { errors }),
  }
  return reply.code(status).type('application/problem+json').serializer(JSON.stringify).send(body)
}
