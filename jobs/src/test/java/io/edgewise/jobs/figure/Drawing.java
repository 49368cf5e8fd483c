package io.edgewise.jobs.figure;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** A drawing as an XML reader sees it. */
record Drawing(Element root) {
    /** A node's box. */
    record Box(String label, double left, double top, double width, double height) {
        static Box of(Element node) {
            Drawing drawing = new Drawing(node);
            Element rect = drawing.named("rect").get(0);
            return new Box(
                    drawing.named("text").get(0).getTextContent(),
                    number(rect, "x"),
                    number(rect, "y"),
                    number(rect, "width"),
                    number(rect, "height"));
        }

        double right() {
            return left + width;
        }

        double bottom() {
            return top + height;
        }

        boolean overlaps(Box other) {
            return left < other.right() && other.left < right() && top < other.bottom() && other.top < bottom();
        }
    }

    static Drawing parse(String svg) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return new Drawing(factory.newDocumentBuilder()
                    .parse(new InputSource(new StringReader(svg)))
                    .getDocumentElement());
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new AssertionError(e);
        }
    }

    List<Drawing> panels() {
        return ofClass("panel").stream().map(Drawing::new).toList();
    }

    List<Element> links() {
        return ofClass("link");
    }

    /** The tooltip of every ribbon. */
    List<String> tooltips() {
        return links().stream()
                .map(link -> new Drawing(link).named("title").get(0).getTextContent())
                .toList();
    }

    List<Box> boxes() {
        return ofClass("node").stream().map(Box::of).toList();
    }

    List<Element> ofClass(String name) {
        return elements(
                element -> List.of(element.getAttribute("class").split(" ", -1)).contains(name));
    }

    List<Element> named(String name) {
        return elements(element -> element.getLocalName().equals(name));
    }

    String text() {
        return root.getTextContent();
    }

    static double number(Element element, String attribute) {
        return Double.parseDouble(element.getAttribute(attribute));
    }

    private List<Element> elements(Predicate<Element> wanted) {
        List<Element> found = new ArrayList<>();
        collect(root, wanted, found);
        return found;
    }

    private static void collect(Node node, Predicate<Element> wanted, List<Element> found) {
        for (Node child = node.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element element && wanted.test(element)) {
                found.add(element);
            }
            collect(child, wanted, found);
        }
    }
}
