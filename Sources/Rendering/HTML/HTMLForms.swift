import Documents

/// Writes forms: every field with a label, its problem beside it; they work without a script.
struct HTMLForms {
  func form(_ form: Form, into writer: inout HTMLWriter) {
    writer.raw("<form method=\"get\"")
    writer.attribute("action", form.action)
    writer.attribute("id", form.id)
    if form.isSearch { writer.raw(" role=\"search\"") }
    writer.attribute("aria-label", form.title)
    writer.raw(">\n<div class=\"fields\">\n")
    for field in form.fields { self.field(field, of: form, into: &writer) }
    writer.raw("<div class=\"field\"><button type=\"submit\">")
    writer.text(form.submit)
    writer.raw("</button></div>\n</div>\n</form>\n")
  }

  private func field(_ field: Form.Field, of form: Form, into writer: inout HTMLWriter) {
    let id = form.id + "-" + field.name
    writer.raw("<div class=\"field\"><label")
    writer.attribute("for", id)
    writer.raw(">")
    writer.text(field.label)
    writer.raw("</label>\n")
    switch field.kind {
    case .text, .search:
      writer.raw(field.kind == .search ? "<input type=\"search\"" : "<input type=\"text\"")
      attributes(field, id: id, into: &writer)
      writer.attribute("value", field.value)
      if let hint = field.hint { writer.attribute("placeholder", hint) }
      writer.raw(" autocomplete=\"off\" spellcheck=\"false\">")
    case .choice(let options):
      writer.raw("<select")
      attributes(field, id: id, into: &writer)
      writer.raw(">")
      for option in options {
        writer.raw("<option")
        writer.attribute("value", option.value)
        if option.value == field.value { writer.raw(" selected") }
        writer.raw(">")
        writer.text(option.label)
        writer.raw("</option>")
      }
      writer.raw("</select>")
    }
    if let problem = field.problem {
      writer.raw("<p class=\"problem\"")
      writer.attribute("id", id + "-problem")
      writer.raw(">")
      writer.text(problem)
      writer.raw("</p>")
    }
    writer.raw("</div>\n")
  }

  private func attributes(_ field: Form.Field, id: String, into writer: inout HTMLWriter) {
    writer.attribute("id", id)
    writer.attribute("name", field.name)
    guard field.problem != nil else { return }
    writer.raw(" aria-invalid=\"true\"")
    writer.attribute("aria-describedby", id + "-problem")
  }
}
