package io.edgewise.jobs.export;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** A writer of GraphML: a directed graph whose nodes have name, kind and layer, and whose edges have score, rank, input and position. */
final class GraphMl {
    private static final String NAMESPACE = "http://graphml.graphdrawing.org/xmlns";
    private static final List<List<String>> KEYS = List.of(
            List.of("name", "node", "string"),
            List.of("kind", "node", "string"),
            List.of("layer", "node", "int"),
            List.of("score", "edge", "double"),
            List.of("rank", "edge", "int"),
            List.of("input", "edge", "string"),
            List.of("position", "edge", "int"));

    private final XMLStreamWriter xml;

    private GraphMl(XMLStreamWriter xml) {
        this.xml = xml;
    }

    static void write(ChosenEdges chosen, OutputStream out) throws IOException {
        try {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out, "UTF-8");
            new GraphMl(xml).graph(GraphEdge.of(chosen));
            xml.close();
        } catch (XMLStreamException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private void graph(List<GraphEdge> edges) throws XMLStreamException {
        xml.writeStartDocument("UTF-8", "1.0");
        line();
        xml.writeStartElement("graphml");
        xml.writeDefaultNamespace(NAMESPACE);
        for (List<String> key : KEYS) {
            line();
            xml.writeEmptyElement("key");
            xml.writeAttribute("id", key.get(0));
            xml.writeAttribute("for", key.get(1));
            xml.writeAttribute("attr.name", key.get(0));
            xml.writeAttribute("attr.type", key.get(2));
        }
        line();
        xml.writeStartElement("graph");
        xml.writeAttribute("id", "circuit");
        xml.writeAttribute("edgedefault", "directed");
        for (GraphNode node : GraphEdge.nodes(edges)) {
            node(node);
        }
        for (GraphEdge edge : edges) {
            edge(edge);
        }
        line();
        xml.writeEndElement();
        line();
        xml.writeEndDocument();
        line();
    }

    private void node(GraphNode node) throws XMLStreamException {
        line();
        xml.writeStartElement("node");
        xml.writeAttribute("id", node.id());
        data("name", node.name());
        data("kind", node.kind());
        data("layer", String.valueOf(node.layer()));
        xml.writeEndElement();
    }

    private void edge(GraphEdge edge) throws XMLStreamException {
        line();
        xml.writeStartElement("edge");
        xml.writeAttribute("id", "e" + edge.rank());
        xml.writeAttribute("source", edge.source().id());
        xml.writeAttribute("target", edge.destination().id());
        data("score", xmlDouble(edge.score()));
        data("rank", String.valueOf(edge.rank()));
        if (!edge.input().isEmpty()) {
            data("input", edge.input());
        }
        if (edge.position() != null) {
            data("position", String.valueOf(edge.position()));
        }
        xml.writeEndElement();
    }

    /** A score as XML writes it: infinity, the score of an edge that ACDC never removes, is INF. */
    private static String xmlDouble(double score) {
        return String.valueOf(score).replace("Infinity", "INF");
    }

    private void data(String key, String value) throws XMLStreamException {
        xml.writeStartElement("data");
        xml.writeAttribute("key", key);
        xml.writeCharacters(value);
        xml.writeEndElement();
    }

    private void line() throws XMLStreamException {
        xml.writeCharacters("\n");
    }
}
